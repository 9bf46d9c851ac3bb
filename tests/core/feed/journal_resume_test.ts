import assert from "node:assert/strict";
import fc from "fast-check";
import type { FileJournal } from "../../../core/feed/journal.ts";
import type { JournalPosition } from "../../../core/port/journal.ts";
import { filesOf, frameOf, openTestJournal, withFolder } from "./support/journals.ts";

const DAY = "2026-11-20";

/** Commits a frame and gives the place behind it. */
function put(journal: FileJournal, n: number, date = DAY): JournalPosition {
  journal.append(date, n, frameOf(n));
  journal.commit();
  const position = journal.position(date);
  assert.ok(position !== null);
  return position;
}

/** Receive times of the records behind a place, which tell the records apart. */
async function after(journal: FileJournal, position?: JournalPosition): Promise<number[]> {
  const times: number[] = [];
  for await (const { receivedMs } of journal.read(DAY, position)) times.push(receivedMs);
  return times;
}

const numbers = (from: number, to: number) => [...Array(to - from).keys()].map((n) => from + n);

function flip(path: string, offset: number): void {
  const bytes = Deno.readFileSync(path);
  bytes[offset]! ^= 4;
  Deno.writeFileSync(path, bytes);
}

Deno.test("journal - goes on behind any record, in plain and packed segments of any size (F22)", async () => {
  const sizes = fc.integer({ min: 1, max: 3_000 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.boolean(), fc.boolean(), async (segmentBytes, packed, reopened) => {
      await withFolder(async (dir) => {
        let journal = await openTestJournal(dir, { segmentBytes });
        const positions = numbers(0, 30).map((n) => put(journal, n));
        if (packed) await journal.tidy();
        if (reopened) {
          await journal.close();
          journal = await openTestJournal(dir, { segmentBytes });
        }
        for (const [n, position] of positions.entries()) {
          assert.ok(await journal.holds(DAY, position), `record ${n}`);
          assert.deepEqual(await after(journal, position), numbers(n + 1, 30), `record ${n}`);
        }
        assert.deepEqual(await after(journal), numbers(0, 30));
        await journal.close();
      });
    }),
    { numRuns: 12 },
  );
});

Deno.test("journal - does not open the segments before the place it goes on from", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 500 });
    const position = numbers(0, 40).map((n) => put(journal, n))[30]!;
    await journal.tidy();
    for (const name of filesOf(dir, DAY)) {
      if (Number(name.slice(0, 6)) < position.segment) Deno.removeSync(`${dir}/${DAY}/${name}`);
    }
    assert.ok(position.segment > 2);
    assert.ok(await journal.holds(DAY, position));
    assert.deepEqual(await after(journal, position), numbers(31, 40));
    await journal.close();
  });
});

Deno.test("journal - gives what is behind a place although something before it is damaged", async () => {
  await withFolder(async (dir) => {
    const first = await openTestJournal(dir);
    const position = numbers(0, 10).map((n) => put(first, n))[5]!;
    await first.close();
    flip(`${dir}/${DAY}/000001.vnj`, 30);
    const second = await openTestJournal(dir);
    assert.equal(second.stats().damaged, 1);
    assert.deepEqual(await after(second), [], "without the place all is behind the damage");
    assert.ok(await second.holds(DAY, position));
    assert.deepEqual(await after(second, position), numbers(6, 10));
    await second.close();
  });
});

Deno.test("journal - holds no place that it has not reached, or that another record has taken", async () => {
  await withFolder(async (dir) => {
    const first = await openTestJournal(dir);
    const positions = numbers(0, 10).map((n) => put(first, n));
    await first.close();
    const path = `${dir}/${DAY}/000001.vnj`;
    Deno.truncateSync(path, positions[4]!.offset);
    const second = await openTestJournal(dir);
    assert.ok(await second.holds(DAY, positions[4]!));
    assert.ok(!await second.holds(DAY, positions[5]!), "newer than the journal");
    assert.ok(!await second.holds("2026-11-19", positions[4]!), "no such day");
    // As long as the one that was cut off, and yet another one.
    second.append(DAY, 5, frameOf(8));
    second.commit();
    assert.equal(second.position(DAY)!.offset, positions[5]!.offset);
    assert.ok(!await second.holds(DAY, positions[5]!), "another record");
    await second.close();
    flip(path, positions[4]!.offset - 1);
    const third = await openTestJournal(dir);
    assert.ok(!await third.holds(DAY, positions[4]!), "a flipped bit in the record");
    assert.ok(await third.holds(DAY, positions[3]!));
    await third.close();
  });
});

Deno.test("journal - holds no place of a packed segment that cannot be unpacked up to it", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 4_000 });
    const positions = numbers(0, 60).map((n) => put(journal, n));
    await journal.tidy();
    flip(`${dir}/${DAY}/000001.vnj.gz`, 40);
    const last = positions.findLastIndex(({ segment }) => segment === 1);
    assert.ok(!await journal.holds(DAY, positions[last]!));
    assert.ok(await journal.holds(DAY, positions[last + 1]!));
    assert.equal(journal.stats().damaged, 0, "nothing was read for its records");
    await journal.close();
  });
});

Deno.test("journal - names no place while a frame waits, of another date, or after a wipe", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    assert.equal(journal.position(DAY), null);
    put(journal, 0);
    assert.equal(journal.position("2026-11-19"), null);
    journal.append(DAY, 1, frameOf(1));
    assert.equal(journal.position(DAY), null);
    journal.commit();
    await journal.synced();
    assert.notEqual(journal.position(DAY), null);
    journal.wipe();
    assert.equal(journal.position(DAY), null);
    await journal.close();
  });
});
