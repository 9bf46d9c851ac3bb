import assert from "node:assert/strict";
import fc from "fast-check";
import { Checkpoints } from "../../../core/feed/checkpoint.ts";
import { packCheckpoint, unpackCheckpoint } from "../../../core/feed/checkpoint_format.ts";
import type { FileJournal } from "../../../core/feed/journal.ts";
import { filesOf, frameOf, openTestJournal, withFolder } from "./support/journals.ts";

const DAY = "2026-11-20";
const TAG = "test 1";
const POSITION = { segment: 3, offset: 120, recordBytes: 40, checksum: 7 };
const HEAD = { tag: TAG, date: DAY, position: POSITION, records: 9 };
const STATE = {
  map: new Map([["FPT", { lastE2: 1, side: "buy" }]]),
  set: new Set(["ữ"]),
  no: null,
};

function checkpoints(dir: string, journal: FileJournal, tag = TAG) {
  const logs: string[] = [];
  const log = (event: string, { reason }: Readonly<Record<string, unknown>>) =>
    logs.push(`${event} ${reason ?? ""}`.trim());
  const nowMs = () => performance.now();
  const kept = new Checkpoints({ dir, tag, journal, everyBytes: 1, nowMs, log });
  return { kept, logs };
}

function append(journal: FileJournal, n: number, date = DAY): void {
  journal.append(date, n, frameOf(n));
}

/** Takes a checkpoint behind one more record and waits until it is on the disk. */
async function take(kept: Checkpoints, journal: FileJournal, n: number, date = DAY): Promise<void> {
  append(journal, n, date);
  assert.ok(kept.take(date, n, { n }));
  await kept.settled();
}

const checkpointFiles = (dir: string, date = DAY) =>
  filesOf(dir, date).filter((name) => name.includes("vnc"));

Deno.test("checkpoint - gives back plain data with its maps, sets and shared objects", () => {
  const shared = { n: 1.5 };
  const state = { ...STATE, one: shared, two: shared };
  const read = unpackCheckpoint(packCheckpoint(HEAD, state), HEAD);
  assert.ok(read.ok);
  assert.deepEqual(read.head, HEAD);
  assert.deepEqual(read.state, state);
  const { one, two } = read.state as typeof state;
  assert.equal(one, two, "what was one object is one object");
});

Deno.test("checkpoint - is refused when any bit is flipped or any part is missing (F22)", () => {
  const bytes = packCheckpoint(HEAD, STATE);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    assert.deepEqual(unpackCheckpoint(flipped, HEAD), { ok: false, reason: "damaged" }, `${bit}`);
  }
  for (let length = 0; length < bytes.length; length++) {
    const cut = bytes.subarray(0, length);
    assert.deepEqual(unpackCheckpoint(cut, HEAD), { ok: false, reason: "damaged" }, `${length}`);
  }
});

Deno.test("checkpoint - of other code, another version or another day is foreign", () => {
  const bytes = packCheckpoint(HEAD, STATE);
  const foreign = { ok: false, reason: "foreign" };
  assert.deepEqual(unpackCheckpoint(bytes, { ...HEAD, tag: "test 2" }), foreign);
  assert.deepEqual(unpackCheckpoint(bytes, { ...HEAD, date: "2026-11-19" }), foreign);
});

Deno.test("checkpoint - the newest is found with its place in the journal", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    const { kept } = checkpoints(dir, journal);
    assert.equal(await kept.newest(DAY), null);
    for (const n of [1, 2, 3]) await take(kept, journal, n);
    const position = journal.position(DAY);
    append(journal, 4);
    journal.commit();
    assert.deepEqual(await kept.newest(DAY), { position, records: 3, state: { n: 3 } });
    assert.equal(kept.stats.taken, 3);
    assert.ok(kept.stats.bytes > 0);
    await journal.close();
  });
});

Deno.test("checkpoint - the older one stands in for a newest one that is damaged, and it is told (F22)", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    const { kept, logs } = checkpoints(dir, journal);
    for (const n of [1, 2]) await take(kept, journal, n);
    const [older, newest] = checkpointFiles(dir).map((name) => `${dir}/${DAY}/${name}`);
    Deno.truncateSync(newest!, Deno.statSync(newest!).size - 1);
    assert.deepEqual((await kept.newest(DAY))?.state, { n: 1 });
    Deno.writeFileSync(older!, new Uint8Array());
    assert.equal(await kept.newest(DAY), null);
    assert.equal(kept.stats.refused.damaged, 3);
    assert.equal(logs.filter((line) => line === "checkpoint_refused damaged").length, 3);
    await journal.close();
  });
});

Deno.test("checkpoint - one that is newer than the journal is refused (F22)", async () => {
  await withFolder(async (dir) => {
    const first = await openTestJournal(dir);
    const before = checkpoints(dir, first).kept;
    await take(before, first, 1);
    const { offset } = first.position(DAY)!;
    await take(before, first, 2);
    await first.close();
    Deno.truncateSync(`${dir}/${DAY}/000001.vnj`, offset);
    const second = await openTestJournal(dir);
    const { kept, logs } = checkpoints(dir, second);
    assert.deepEqual((await kept.newest(DAY))?.state, { n: 1 });
    assert.deepEqual(logs, ["checkpoint_refused unproved"]);
    assert.equal(kept.stats.refused.unproved, 1);
    await second.close();
  });
});

Deno.test("checkpoint - what other code took is refused and replaced in time", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    const old = checkpoints(dir, journal, "test 0").kept;
    for (const n of [1, 2]) await take(old, journal, n);
    const { kept } = checkpoints(dir, journal);
    assert.equal(await kept.newest(DAY), null);
    assert.equal(kept.stats.refused.foreign, 2);
    await take(kept, journal, 3);
    assert.deepEqual((await kept.newest(DAY))?.state, { n: 3 });
    await journal.close();
  });
});

Deno.test("checkpoint - two are kept over all days, and a day takes its own with it", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    const { kept } = checkpoints(dir, journal);
    for (const n of [1, 2, 3]) await take(kept, journal, n, "2026-11-19");
    assert.deepEqual(checkpointFiles(dir, "2026-11-19"), ["000002.vnc", "000003.vnc"]);
    await take(kept, journal, 4);
    assert.deepEqual(checkpointFiles(dir, "2026-11-19"), ["000003.vnc"]);
    assert.deepEqual(checkpointFiles(dir), ["000001.vnc"]);
    await journal.close();

    // Only the day being written stays.
    const small = await openTestJournal(dir, { keepDates: 1 });
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name).sort(), [DAY, "lock"]);
    small.wipe();
    assert.equal(await checkpoints(dir, small).kept.newest(DAY), null);
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name), ["lock"]);
    await small.close();
  });
});

Deno.test("checkpoint - what a kill left of one that was being written is removed and never read (F21)", async () => {
  await withFolder(async (dir) => {
    const first = await openTestJournal(dir);
    await take(checkpoints(dir, first).kept, first, 1);
    await first.close();
    const half = `${dir}/${DAY}/000002.vnc.tmp`;
    Deno.writeFileSync(half, packCheckpoint(HEAD, STATE).subarray(0, 50));
    const second = await openTestJournal(dir);
    assert.deepEqual(checkpointFiles(dir), ["000001.vnc"]);
    const { kept, logs } = checkpoints(dir, second);
    assert.deepEqual((await kept.newest(DAY))?.state, { n: 1 });
    assert.deepEqual(logs, []);
    await second.close();
  });
});

Deno.test("checkpoint - is not taken while another is being written or without its records on disk", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    const { kept } = checkpoints(dir, journal);
    assert.ok(!kept.take(DAY, 0, {}), "the journal has no record of the day");
    append(journal, 1);
    assert.ok(kept.take(DAY, 1, {}));
    assert.ok(!kept.take(DAY, 1, {}), "one at a time");
    await kept.settled();
    assert.equal(journal.stats().pending, 0, "the record was written first");
    append(journal, 2);
    assert.ok(kept.take(DAY, 2, {}));
    await kept.settled();
    await journal.close();
  });
});

Deno.test("checkpoint - a failure to write one is told, leaves nothing behind and stops nothing", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    const { kept, logs } = checkpoints(dir, journal);
    append(journal, 1);
    journal.commit();
    // Nothing can take this name any more.
    Deno.mkdirSync(`${dir}/${DAY}/000001.vnc.tmp`);
    assert.ok(kept.take(DAY, 1, {}));
    await kept.settled();
    assert.equal(kept.stats.failed, 1);
    assert.equal(kept.stats.taken, 0);
    assert.match(logs.join(), /^checkpoint_failed /);
    await journal.close();
  });
});

Deno.test("checkpoint - any plain state comes back as it was", () => {
  const leaf = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string(), fc.constant(null));
  const plain = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("node"), { maxLength: 4 }),
      fc.dictionary(fc.string().filter((key) => key !== "__proto__"), tie("node"), { maxKeys: 4 }),
      fc.array(fc.tuple(fc.string(), tie("node")), { maxLength: 4 }).map((list) => new Map(list)),
    ),
  })).node;
  fc.assert(fc.property(plain, (state) => {
    const read = unpackCheckpoint(packCheckpoint(HEAD, state), HEAD);
    assert.ok(read.ok);
    assert.deepEqual(read.state, structuredClone(state));
  }));
});
