import assert from "node:assert/strict";
import { createLogger } from "../../../../core/log.ts";
import { listKeyframes } from "../../../../core/feed/keyframe_files.ts";
import {
  keepKeyframes,
  type KeyframeRoundOptions,
} from "../../../../core/tasks/travel/keyframe_round.ts";
import { StoredKeyframes } from "../../../../core/tasks/travel/stored_keyframes.ts";
import { TravelClient } from "../../../../core/tasks/travel/travel_client.ts";
import { DATE } from "../../../simulation/market_frames.ts";
import { filesOf, MIB, openTestJournal, readDay, withFolder } from "../../feed/support/journals.ts";
import {
  at,
  failOnLog,
  instant,
  MOMENT,
  OPTIONS,
  partTexts,
  record,
  replayOf,
  type Snapshot,
  storedIn,
} from "./recorded_part.ts";

const SPACING = { ms: 60_000, charsMax: 2 * MIB, charsMin: MIB };
const TIMES = ["14:06:10", "14:06:37", "14:07:59", "14:08:00", "14:09:43", "14:10:59"];

const texts = partTexts("14:11:00");
const folder = await Deno.makeTempDir({ prefix: "travel-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
await record(folder, texts);

function keep(stored: StoredKeyframes, dir: string, rest = () => Promise.resolve()): Promise<void> {
  const options: KeyframeRoundOptions = {
    ...{ dir, engine: OPTIONS, settings: MOMENT, stored, rest },
    ...{ spacing: SPACING, log: failOnLog },
  };
  return keepKeyframes(options);
}

const names = (dir: string) => listKeyframes(dir, DATE).map(({ asOfMs }) => asOfMs);

/** What a replay from the very start shows. */
const straight = await (async () => {
  const replay = replayOf(folder);
  const shown = new Map<string, Snapshot>();
  for (const time of TIMES) shown.set(time, await at(replay, time));
  await replay.close();
  return shown;
})();

/** Keyframes on disk that also tell which of them were used. */
class Watched extends StoredKeyframes {
  readonly used: number[] = [];
  override async newest(...args: Parameters<StoredKeyframes["newest"]>) {
    const found = await super.newest(...args);
    if (found !== null) this.used.push(found.asOfMs);
    return found;
  }
}

/** Asks each time a replay that knows nothing yet. */
async function assertAsStraight(dir: string, stored: StoredKeyframes, times = TIMES) {
  for (const time of times) {
    const replay = replayOf(dir, stored);
    assert.deepEqual(await at(replay, time), straight.get(time), time);
    await replay.close();
  }
}

/** A folder with the recorded part and the keyframes of a round. */
async function withKeyframes(act: (dir: string) => Promise<void>): Promise<void> {
  await withFolder(async (dir) => {
    await Deno.mkdir(`${dir}/${DATE}`);
    for (const name of filesOf(folder, DATE)) {
      await Deno.copyFile(`${folder}/${DATE}/${name}`, `${dir}/${DATE}/${name}`);
    }
    await keep(storedIn(dir), dir);
    await act(dir);
  });
}

/** Events that are logged, with their reasons. */
function logs() {
  const told: string[] = [];
  const log = (event: string, { reason }: Readonly<Record<string, unknown>>) =>
    void told.push(`${event} ${reason}`);
  return { told, log };
}

Deno.test("Any minute from a keyframe on disk is that of a replay from the start, to the last trade (N-15)", async () => {
  await withKeyframes(async (dir) => {
    const kept = names(dir);
    assert.ok(kept.length >= 5, `${kept.length} keyframes`);
    const stored = new Watched({ dir, tag: "test 1", dayBytesMax: 64 * MIB, log: failOnLog });
    await assertAsStraight(dir, stored);
    assert.deepEqual(
      stored.used,
      TIMES.flatMap((time) => kept.filter((asOfMs) => asOfMs <= instant(time)).slice(-1)),
    );
    const replay = replayOf(dir, stored);
    for (const time of TIMES.toReversed()) {
      assert.deepEqual(await at(replay, time), straight.get(time), `back to ${time}`);
    }
    await replay.close();
  });
});

Deno.test("A keyframe that is damaged, of other code or of another journal is refused and made anew (N-15)", async () => {
  await withKeyframes(async (dir) => {
    const kept = names(dir);
    const half = kept.length >> 1;
    const path = listKeyframes(dir, DATE)[half]!.path;
    const bytes = await Deno.readFile(path);
    bytes[bytes.length - 9]! ^= 4;
    await Deno.writeFile(path, bytes);
    const damaged = logs();
    const time = TIMES.find((one) => instant(one) >= kept[half]!)!;
    // It is the nearest to its own instant.
    const read = await storedIn(dir, damaged).newest(DATE, { atMs: kept[half]!, afterMs: 0 });
    assert.equal(read?.asOfMs, kept[half - 1]);
    await assertAsStraight(dir, storedIn(dir), [time]);
    assert.deepEqual(damaged.told, ["keyframe_refused damaged"]);
    assert.deepEqual(names(dir), kept.slice(0, half), "those behind it go with it");
    await keep(storedIn(dir), dir);
    assert.equal(names(dir).at(-1), kept.at(-1));

    const foreign = logs();
    const other = storedIn(dir, { tag: "test 2", ...foreign });
    await keep(other, dir);
    assert.deepEqual(new Set(foreign.told), new Set(["keyframe_refused foreign"]));
    assert.deepEqual(names(dir), kept);
    assert.deepEqual(other.takeCounts(), { written: kept.length, refused: foreign.told.length });
    await assertAsStraight(dir, other, TIMES.slice(-1));
    assert.deepEqual(other.takeCounts(), { written: 0, refused: 0 });

    await withFolder(async (another) => {
      await record(another, texts.slice(0, 1).concat(texts.slice(2, 400)));
      const file = listKeyframes(dir, DATE).at(-1)!.path;
      await Deno.copyFile(file, file.replace(dir, another));
      const unproved = logs();
      const stored = storedIn(another, { tag: "test 2", ...unproved });
      assert.equal(await stored.newest(DATE, { atMs: Infinity, afterMs: 0 }), null);
      assert.deepEqual(unproved.told, ["keyframe_refused unproved"]);
    });
  });
});

Deno.test("A kill in the middle of a keyframe leaves nothing that is read, and the journal is as it was (N-15, F21)", async () => {
  await withKeyframes(async (dir) => {
    const kept = names(dir);
    const { path } = listKeyframes(dir, DATE).at(-1)!;
    await Deno.writeFile(`${path}.tmp`, (await Deno.readFile(path)).subarray(0, 1_000));
    await Deno.remove(path);
    await assertAsStraight(dir, storedIn(dir), TIMES.slice(-1));
    const journal = await openTestJournal(dir);
    assert.equal((await readDay(journal, DATE)).length, texts.length);
    assert.equal(journal.stats().damaged, 0);
    await journal.close();
    assert.ok(!filesOf(dir, DATE).some((name) => name.endsWith(".tmp")));
    await keep(storedIn(dir), dir);
    assert.deepEqual(names(dir), kept);
  });
});

Deno.test("A round goes on where the last one ended, keeps within its limit and marks a day that is over (N-15)", async () => {
  await withKeyframes(async (dir) => {
    const kept = listKeyframes(dir, DATE);
    const again = storedIn(dir);
    await keep(again, dir);
    assert.deepEqual(again.takeCounts(), { written: 0, refused: 0 });

    await Deno.mkdir(`${dir}/2026-11-23`);
    await keep(again, dir);
    assert.equal(again.takeCounts().written, 1, "the end of the day before");
    await keep(again, dir);
    assert.equal(again.takeCounts().written, 0);
    assert.ok((await again.newest(DATE, { atMs: Infinity, afterMs: 0 }))?.isLast);

    await Deno.remove(`${dir}/2026-11-23`);
    for (const { path } of listKeyframes(dir, DATE)) await Deno.remove(path);
    const dayBytesMax = kept.reduce((sum, { bytes }) => sum + bytes, 0) * 0.6;
    const few = new StoredKeyframes({ dir, tag: "test 1", dayBytesMax, log: failOnLog });
    await keep(few, dir);
    const left = listKeyframes(dir, DATE);
    assert.equal(left.at(-1)!.asOfMs, kept.at(-1)!.asOfMs);
    assert.ok(left.length > 1 && left.reduce((sum, { bytes }) => sum + bytes, 0) <= dayBytesMax);
    await assertAsStraight(dir, few, TIMES.slice(-2));
  });
});

Deno.test("Where no keyframe can be written a round says so, and any minute is shown all the same (N-15)", async () => {
  await withKeyframes(async (dir) => {
    const [{ path } = { path: "" }] = listKeyframes(dir, DATE);
    for (const file of listKeyframes(dir, DATE)) await Deno.remove(file.path);
    await Deno.mkdir(`${path}.tmp`);
    await assert.rejects(() => keep(storedIn(dir), dir));
    assert.deepEqual(names(dir), []);
    await assertAsStraight(dir, storedIn(dir), TIMES.slice(0, 1));
  });
});

Deno.test("A round works in slices, between which questions are answered, in the worker as well (N-15)", async () => {
  await withKeyframes(async (dir) => {
    const kept = names(dir);
    for (const { path } of listKeyframes(dir, DATE)) await Deno.remove(path);
    const times = [...TIMES];
    const stored = storedIn(dir);
    await keep(stored, dir, async () => {
      const time = times.shift();
      if (time !== undefined) await assertAsStraight(dir, stored, [time]);
    });
    assert.deepEqual(times, [], "it rested often enough");
    assert.deepEqual(names(dir), kept);

    await Deno.mkdir(`${dir}/2026-11-23`);
    const log = createLogger({ level: "error", nowMs: () => Date.now(), write: () => {} });
    const settings = { dir, engine: OPTIONS, moment: MOMENT, logLevel: "error" } as const;
    const client = new TravelClient(settings, log);
    const round = client.keepKeyframes();
    const time = TIMES.at(-1)!;
    const question = {
      kind: "moment",
      date: DATE,
      atMs: instant(time),
      epoch: `at-${time}`,
    } as const;
    const answer = await client.ask(question);
    assert.ok(answer.kind === "moment");
    assert.deepEqual(JSON.parse(answer.snapshot), straight.get(time));
    // The worker's tag is that of the real code, so what was there is foreign to it.
    const { written, problem } = await round;
    assert.deepEqual([written > 0, problem], [true, null]);
    client.stop();
    const stopped = await client.keepKeyframes();
    assert.equal(stopped.problem, "the server is stopping");
  });
});
