import assert from "node:assert/strict";
import fc from "fast-check";
import { filesOf, frameOf, MIB, openTestJournal, readDay, withFolder } from "./support/journals.ts";

const DAY = "2026-11-20";

Deno.test("journal - gives back every frame with its receive time, in order, after a restart", async () => {
  await withFolder(async (dir) => {
    const first = await openTestJournal(dir);
    for (let n = 0; n < 100; n++) first.append(DAY, 1_000 + n / 4, frameOf(n));
    first.commit();
    await first.close();
    const second = await openTestJournal(dir);
    second.append(DAY, 2_000, frameOf(100));
    second.commit();
    const records = await readDay(second, DAY);
    assert.deepEqual(records.map((r) => r.frame), records.map((_, n) => frameOf(n)));
    assert.equal(records[3]!.receivedMs, 1_000.75);
    assert.deepEqual(filesOf(dir, DAY), ["000001.vnj"]);
    assert.equal(second.stats().frames, 1);
    assert.equal(second.stats().damaged, 0);
    await second.close();
  });
});

Deno.test("journal - shows a reader only what has been committed", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    journal.append(DAY, 1, frameOf(0));
    journal.commit();
    journal.append(DAY, 2, frameOf(1));
    assert.equal((await readDay(journal, DAY)).length, 1);
    assert.equal(journal.stats().pending, 1);
    journal.commit();
    assert.equal((await readDay(journal, DAY)).length, 2);
    await journal.close();
  });
});

Deno.test("journal - writes of itself when eight MiB are waiting", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    const frame = "x".repeat(MIB);
    for (let n = 0; n < 10; n++) journal.append(DAY, n, frame);
    assert.equal(journal.stats().frames, 8);
    assert.equal(journal.stats().pending, 2);
    assert.equal(journal.stats().lost, 0);
    await journal.close();
  });
});

Deno.test("journal - counts a frame as lost when it is longer than a record may be", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    journal.append(DAY, 1, "x".repeat(24 * MIB));
    journal.append(DAY, 2, "x".repeat(24 * MIB + 1));
    journal.append(DAY, 3, frameOf(3));
    journal.commit();
    assert.deepEqual((await readDay(journal, DAY)).map((r) => r.receivedMs), [1, 3]);
    assert.equal(journal.stats().lost, 1);
    await journal.close();
  });
});

Deno.test("journal - gives a text back with a byte order mark in front", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    const frame = '\ufeff{"vnstock":{"kind":"clock","exchangeMs":1}}';
    journal.append(DAY, 1, frame);
    journal.commit();
    assert.deepEqual((await readDay(journal, DAY)).map((r) => r.frame), [frame]);
    await journal.close();
  });
});

Deno.test("journal - refuses a date that is no date", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    assert.throws(() => journal.append("../2026", 1, "x"), /Cannot journal a frame of the date/);
    await journal.close();
  });
});

Deno.test("journal - keeps late frames of the day before beside those of the new day", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    for (const [date, n] of [["2026-11-19", 0], [DAY, 1], ["2026-11-19", 2], [DAY, 3]] as const) {
      journal.append(date, n, frameOf(n));
      journal.commit();
    }
    assert.deepEqual((await readDay(journal, "2026-11-19")).map((r) => r.receivedMs), [0, 2]);
    assert.deepEqual((await readDay(journal, DAY)).map((r) => r.receivedMs), [1, 3]);
    assert.deepEqual(await journal.dates(), ["2026-11-19", DAY]);
    await journal.close();
  });
});

Deno.test("journal - reads a day that does not exist as empty", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    assert.deepEqual(await readDay(journal, "2026-01-05"), []);
    await journal.close();
  });
});

Deno.test("journal - reads back any texts whatever the segment size", async () => {
  const frames = fc.array(fc.string({ unit: "grapheme", maxLength: 200 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(frames, fc.integer({ min: 1, max: 2_000 }), async (texts, segmentBytes) => {
      await withFolder(async (dir) => {
        const journal = await openTestJournal(dir, { segmentBytes });
        texts.forEach((text, n) => {
          journal.append(DAY, n, text);
          if (n % 3 === 0) journal.commit();
        });
        journal.commit();
        assert.deepEqual((await readDay(journal, DAY)).map((r) => r.frame), texts);
        await journal.close();
        const again = await openTestJournal(dir);
        assert.deepEqual((await readDay(again, DAY)).map((r) => r.frame), texts);
        await again.close();
      });
    }),
    { numRuns: 30 },
  );
});
