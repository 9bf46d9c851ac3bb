import assert from "node:assert/strict";
import fc from "fast-check";
import { frameOf, openTestJournal, readDay, withFolder } from "./support/journals.ts";

const DAY = "2026-11-20";

/** Bytes of a segment with three records, and where each record ends. */
async function threeRecords(): Promise<{ bytes: Uint8Array<ArrayBuffer>; ends: number[] }> {
  let bytes = new Uint8Array();
  const ends: number[] = [];
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    for (let n = 0; n < 3; n++) {
      journal.append(DAY, n, frameOf(n));
      journal.commit();
      ends.push(Deno.statSync(`${dir}/${DAY}/000001.vnj`).size);
    }
    await journal.close();
    bytes = Deno.readFileSync(`${dir}/${DAY}/000001.vnj`);
  });
  return { bytes, ends };
}

function put(dir: string, bytes: Uint8Array): void {
  Deno.mkdirSync(`${dir}/${DAY}`, { recursive: true });
  Deno.writeFileSync(`${dir}/${DAY}/000001.vnj`, bytes);
}

Deno.test("journal - cuts a last record that is torn at any byte, counts it and writes on", async () => {
  const { bytes, ends } = await threeRecords();
  for (let length = 0; length <= bytes.length; length++) {
    await withFolder(async (dir) => {
      put(dir, bytes.subarray(0, length));
      const journal = await openTestJournal(dir);
      const whole = ends.filter((end) => end <= length).length;
      const clean = length === 0 || length === 8 || ends.includes(length);
      assert.equal(journal.stats().damaged, clean ? 0 : 1, `cut at ${length}`);
      assert.equal((await readDay(journal, DAY)).length, whole, `cut at ${length}`);
      journal.append(DAY, 9, frameOf(9));
      journal.commit();
      const records = await readDay(journal, DAY);
      assert.deepEqual(records.map((r) => r.receivedMs), [...[0, 1, 2].slice(0, whole), 9]);
      await journal.close();
      const again = await openTestJournal(dir);
      assert.equal(again.stats().damaged, 0, "what was cut off is not found again");
      await again.close();
    });
  }
});

Deno.test("journal - never gives a record with a flipped bit, and goes on with the next segment", async () => {
  const { bytes, ends } = await threeRecords();
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
      await withFolder(async (dir) => {
        const flipped = bytes.slice();
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        put(dir, flipped);
        const journal = await openTestJournal(dir);
        journal.append(DAY, 9, frameOf(9));
        journal.commit();
        const good = (bit >> 3) < 8 ? 0 : ends.filter((end) => end <= bit >> 3).length;
        const records = await readDay(journal, DAY);
        assert.deepEqual(records.map((r) => r.receivedMs), [...[0, 1, 2].slice(0, good), 9]);
        assert.equal(journal.stats().damaged, 1);
        await readDay(journal, DAY);
        assert.equal(journal.stats().damaged, 1, "one damage is counted once");
        await journal.close();
      });
    }),
    { numRuns: 150 },
  );
});

Deno.test("journal - counts a packed segment that cannot be unpacked and reads the others", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 4_000 });
    for (let n = 0; n < 100; n++) {
      journal.append(DAY, n, frameOf(n));
      journal.commit();
    }
    await journal.tidy();
    const path = `${dir}/${DAY}/000001.vnj.gz`;
    const packed = Deno.readFileSync(path);
    packed[packed.length >> 1]! ^= 0xff;
    Deno.writeFileSync(path, packed);
    const records = await readDay(journal, DAY);
    assert.ok(records.length < 100 && records.length >= 50, `${records.length} records`);
    assert.equal(records.at(-1)!.receivedMs, 99);
    assert.ok(records.every((record) => record.frame === frameOf(record.receivedMs)));
    assert.equal(journal.stats().damaged, 1);
    await journal.close();
  });
});
