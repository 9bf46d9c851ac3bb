// A start of the engine side on a journal folder, in a process of its own as after a kill: what it
// takes from the opening of the folder to the state of the day.
import { createIngest } from "../../../core/engine/ingest.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import { CHECKPOINT_BYTES, Checkpoints } from "../../../core/feed/checkpoint.ts";
import { openJournal, SEGMENT_BYTES } from "../../../core/feed/journal.ts";
import { engineOptions } from "../../../core/tasks/ingest.ts";
import { recoverDay } from "../../../core/tasks/recovery.ts";
import { stateTag } from "../../../core/tasks/state_tag.ts";

const clock = { nowMs: () => performance.now() };
const options = engineOptions({ classifier: "feed", spikeMinVnd: 0 });
const [dir] = Deno.args as [string];

const startMs = performance.now();
const journal = await openJournal({
  ...{ dir, clock, segmentBytes: SEGMENT_BYTES, maxBytes: 20e9, keepDates: null },
  log: () => {},
});
const openMs = performance.now() - startMs;
const ingest = createIngest(options);
const checkpoints = new Checkpoints({
  ...{ dir, journal, tag: stateTag(options), everyBytes: CHECKPOINT_BYTES, nowMs: clock.nowMs },
  log: () => {},
});
const recovery = await recoverDay(ingest, { journal, checkpoints, clock, note: () => {} });
const readyMs = performance.now() - startMs;
await journal.close();
const { trades } = ingest.engine.counters;
const report = {
  ...recovery,
  ...{ openMs, readyMs, hash: stateHash(ingest.engine), messages: ingest.counters.messages },
  trades: trades.accepted + trades["accepted-after-gap"] + trades["accepted-unsized"],
};
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(report)));
