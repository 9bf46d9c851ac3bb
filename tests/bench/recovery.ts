/**
 * A restart on a full day of two million trades: every message of a simulated market of all boards,
 * each match sent as two under doubled totals, recorded as the engine side records it. Then the
 * process is gone, and another one starts: on the newest checkpoint, on the older one as if the
 * newest were damaged, and on the journal alone. Takes some minutes and about 2 GB of disk.
 */
import { createDay } from "../../core/exchange/day.ts";
import { SIM_CHANNELS, type SimMessage } from "../../core/exchange/types.ts";
import { createIngest, ingestTransport } from "../../core/engine/ingest.ts";
import { stateHash } from "../../core/engine/hash.ts";
import { CHECKPOINT_BYTES, Checkpoints } from "../../core/feed/checkpoint.ts";
import { listCheckpoints } from "../../core/feed/checkpoint_files.ts";
import { openJournal, SEGMENT_BYTES } from "../../core/feed/journal.ts";
import { encodeBroadcast, initFrame, messageFrame } from "../../core/sim/frames.ts";
import { parseFrame } from "../../core/ssi/frame.ts";
import { CheckpointKeeper } from "../../core/tasks/checkpoint_keeper.ts";
import { engineOptions } from "../../core/tasks/ingest.ts";
import { FrameRecorder } from "../../core/tasks/recorder.ts";
import { stateTag } from "../../core/tasks/state_tag.ts";

const DATE = "2026-11-20";
/** Messages of one frame, as a busy hub puts them together. */
const FRAME_MESSAGES = 10;
const RECOVER = new URL("./support/recover.ts", import.meta.url).pathname;
/** What the engine side subscribes to, of all symbols. */
const WANTED = new Set<string>(
  SIM_CHANNELS.filter((channel) => channel !== "X" && channel !== "B"),
);
const clock = { nowMs: () => performance.now() };

/** A match as two of its size, under totals that are twice as high; other messages as they are. */
function doubled(message: SimMessage, totals: Map<string, number>): SimMessage[] {
  const { channel, symbol, record } = message;
  if (channel !== "X-TRADE") return [message];
  const total = Number(record.TotalVol);
  const volume = total > (totals.get(symbol) ?? 0) ? Number(record.LastVol) : 0;
  totals.set(symbol, total);
  const TotalVal = 2 * Number(record.TotalVal);
  const second = { ...message, record: { ...record, TotalVol: 2 * total, TotalVal } };
  if (volume === 0) return [second];
  const valueVnd = volume * Number(record.LastPrice);
  const first = { ...record, TotalVol: 2 * total - volume, TotalVal: TotalVal - valueVnd };
  return [{ ...message, record: first }, second];
}

/** The frames of the day, a quarter of a second at a time. */
function* dayFrames(): Generator<string[]> {
  const day = createDay({ seed: 7, scenario: "normal", date: DATE });
  const totals = new Map<string, number>();
  let number = 0;
  yield [initFrame()];
  while (!day.done) {
    const messages = day.step((channel) => WANTED.has(channel))
      .flatMap((message) => doubled(message, totals)).map(encodeBroadcast);
    const frames: string[] = [];
    for (let i = 0; i < messages.length; i += FRAME_MESSAGES) {
      const some = messages.slice(i, i + FRAME_MESSAGES);
      frames.push(messageFrame(number += some.length, some));
    }
    yield frames;
  }
}

/** Records the day as the engine side does, and lets go of it as a killed process would. */
async function recordDay(dir: string) {
  const journal = await openJournal({
    ...{ dir, clock, segmentBytes: SEGMENT_BYTES, maxBytes: 20e9, keepDates: null },
    log: () => {},
  });
  const options = engineOptions({ classifier: "feed", spikeMinVnd: 0 });
  const ingest = createIngest(options);
  const recorder = new FrameRecorder(journal, () => ingest.engine.reference);
  const checkpoints = new Checkpoints({
    ...{ dir, journal, tag: stateTag(options), everyBytes: CHECKPOINT_BYTES, nowMs: clock.nowMs },
    log: () => {},
  });
  const keeper = new CheckpointKeeper({ ingest, journal, recorder, checkpoints });
  let serializeMsMax = 0;
  for (const frames of dayFrames()) {
    for (const text of frames) {
      ingestTransport(ingest, parseFrame(text));
      recorder.record(1, text, ingest.engine.market.tradingDate);
    }
    journal.commit();
    keeper.tick();
    serializeMsMax = Math.max(serializeMsMax, checkpoints.stats.serializeMs);
    // A turn of the loop, so that checkpoints are written and segments packed meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
  }
  await checkpoints.settled();
  await journal.tidy();
  const { bytes, diskBytes } = journal.stats();
  await journal.close();
  const symbols = ingest.engine.market.instruments.size;
  const hash = stateHash(ingest.engine);
  return { bytes, diskBytes, symbols, hash, serializeMsMax, checkpoints: checkpoints.stats };
}

async function recover(dir: string, hash: string): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", RECOVER, dir],
    stderr: "inherit",
  }).output();
  const got = JSON.parse(new TextDecoder().decode(stdout));
  if (got.hash !== hash) throw new Error(`Recovered ${got.hash} in the place of ${hash}`);
  const perSecond = Math.round(got.replayed / got.tookMs * 1_000).toLocaleString("en");
  const megabytes = got.replayedChars / 1e6;
  return `${(got.readyMs / 1_000).toFixed(2)} s (opened in ${(got.openMs / 1_000).toFixed(2)} s, ` +
    `${got.replayed.toLocaleString("en")} frames of ${megabytes.toFixed(0)} MB replayed, ` +
    `${perSecond} frames/s, ${(megabytes / got.tookMs * 1_000).toFixed(0)} MB/s), ` +
    `${got.trades.toLocaleString("en")} trades of ${got.messages.toLocaleString("en")} messages`;
}

const dir = await Deno.makeTempDir();
try {
  const day = await recordDay(dir);
  const { taken, bytes } = day.checkpoints;
  const lines = [
    `recovery bench: ${(day.bytes / 1e9).toFixed(2)} GB of frames, ` +
    `${(day.diskBytes / 1e9).toFixed(2)} GB on disk, ${day.symbols} symbols`,
    `  checkpoints        ${taken} of at most ${(bytes / 1e6).toFixed(1)} MB, ` +
    `the engine stands still for ${day.serializeMsMax.toFixed(0)} ms at most`,
    `  newest checkpoint  ${await recover(dir, day.hash)}`,
  ];
  await Deno.remove(listCheckpoints(dir, DATE)[0]!.path);
  lines.push(`  the one before     ${await recover(dir, day.hash)}`);
  for (const { path } of listCheckpoints(dir, DATE)) await Deno.remove(path);
  lines.push(`  the journal alone  ${await recover(dir, day.hash)}`);
  await Deno.stdout.write(new TextEncoder().encode(`${lines.join("\n")}\n`));
} finally {
  await Deno.remove(dir, { recursive: true });
}
