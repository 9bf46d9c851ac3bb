import assert from "node:assert/strict";
import { keyframePath } from "../../../core/feed/keyframe_files.ts";
import type { FileJournal } from "../../../core/feed/journal.ts";
import { filesOf, frameOf, openTestJournal, readDay, withFolder } from "./support/journals.ts";

function write(journal: FileJournal, date: string, frames: number): void {
  for (let n = 0; n < frames; n++) {
    journal.append(date, n, frameOf(n));
    journal.commit();
  }
}

Deno.test("journal - packs closed segments and reads them like the others", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 5_000 });
    write(journal, "2026-11-20", 200);
    await journal.tidy();
    const files = filesOf(dir, "2026-11-20");
    assert.ok(files.length > 3);
    assert.ok(files.slice(0, -1).every((name) => name.endsWith(".vnj.gz")), files.join());
    assert.ok(files.at(-1)!.endsWith(".vnj"));
    const records = await readDay(journal, "2026-11-20");
    assert.deepEqual(records.map((r) => r.frame), [...Array(200).keys()].map(frameOf));
    await journal.close();
  });
});

Deno.test("journal - packs the last segment of a day when a newer day begins", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    write(journal, "2026-11-19", 5);
    write(journal, "2026-11-20", 5);
    await journal.tidy();
    assert.deepEqual(filesOf(dir, "2026-11-19"), ["000001.vnj.gz"]);
    assert.equal((await readDay(journal, "2026-11-19")).length, 5);
    await journal.close();
  });
});

Deno.test("journal - is read whole while its segments are being packed", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 5_000 });
    write(journal, "2026-11-20", 500);
    const [records] = await Promise.all([readDay(journal, "2026-11-20"), journal.tidy()]);
    assert.equal(records.length, 500);
    await journal.close();
  });
});

Deno.test("journal - finishes or forgets a packing that was cut short", async () => {
  await withFolder(async (dir) => {
    const first = await openTestJournal(dir, { segmentBytes: 5_000 });
    write(first, "2026-11-20", 200);
    await first.tidy();
    await first.close();
    const day = `${dir}/2026-11-20`;
    // The plain twin is still there, and another packing had only begun.
    Deno.copyFileSync(`${day}/000001.vnj.gz`, `${day}/000001.vnj`);
    Deno.writeTextFileSync(`${day}/000002.vnj.gz.tmp`, "half");
    const second = await openTestJournal(dir);
    assert.ok(!filesOf(dir, "2026-11-20").some((name) => /000001\.vnj$|tmp$/.test(name)));
    assert.equal((await readDay(second, "2026-11-20")).length, 200);
    assert.equal(second.stats().damaged, 0);
    await second.close();
  });
});

Deno.test("journal - removes the oldest days over its size, never the day it writes", async () => {
  await withFolder(async (dir) => {
    const removed: unknown[] = [];
    const journal = await openTestJournal(dir, {
      maxBytes: 1,
      log: (event, { date }) => event === "journal_day_removed" && void removed.push(date),
    });
    for (const date of ["2026-11-18", "2026-11-19", "2026-11-20"]) write(journal, date, 50);
    await journal.tidy();
    assert.deepEqual(await journal.dates(), ["2026-11-20"]);
    assert.deepEqual(removed, ["2026-11-18", "2026-11-19"]);
    assert.equal((await readDay(journal, "2026-11-20")).length, 50);
    assert.ok(journal.stats().diskBytes > 1);
    await journal.close();
  });
});

Deno.test("journal - counts the keyframes of a day, which go with it and are no segments", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { maxBytes: 1_000_000 });
    write(journal, "2026-11-19", 50);
    const path = keyframePath(dir, "2026-11-19", 1_795_158_000_000);
    await Deno.writeFile(path, new Uint8Array(900_000));
    await journal.tidy();
    assert.ok(journal.stats().diskBytes > 900_000);
    assert.equal((await readDay(journal, "2026-11-19")).length, 50);
    write(journal, "2026-11-20", 1_500);
    await journal.tidy();
    assert.deepEqual(await journal.dates(), ["2026-11-20"]);
    await journal.close();
  });
});

Deno.test("journal - stays under its size over many days", async () => {
  await withFolder(async (dir) => {
    const maxBytes = 12_000;
    const journal = await openTestJournal(dir, { maxBytes, segmentBytes: 4_000 });
    for (let day = 1; day <= 28; day++) {
      write(journal, `2026-11-${String(day).padStart(2, "0")}`, 100);
      await journal.tidy();
      const dates = await journal.dates();
      assert.ok(journal.stats().diskBytes <= maxBytes, `${journal.stats().diskBytes} bytes`);
      assert.equal(dates.at(-1), `2026-11-${String(day).padStart(2, "0")}`);
    }
    assert.ok((await journal.dates()).length > 1, "the limit leaves room for more than one day");
    await journal.close();
  });
});

Deno.test("journal - keeps only the day being written when told to keep one", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { keepDates: 1 });
    write(journal, "2026-11-19", 5);
    write(journal, "2026-11-20", 5);
    await journal.tidy();
    assert.deepEqual(await journal.dates(), ["2026-11-20"]);
    await journal.close();
    // A simulated run may start on an earlier date than the last one ended.
    const again = await openTestJournal(dir, { keepDates: 1 });
    write(again, "2026-11-02", 5);
    await again.tidy();
    assert.deepEqual(await again.dates(), ["2026-11-02"]);
    assert.equal((await readDay(again, "2026-11-02")).length, 5);
    await again.close();
  });
});

Deno.test("journal - starts over after a wipe, on the same date too", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 2_000 });
    write(journal, "2026-11-20", 100);
    journal.append("2026-11-20", 1, "not yet written");
    journal.wipe();
    assert.deepEqual(await journal.dates(), []);
    journal.append("2026-11-20", 7, frameOf(7));
    journal.commit();
    await journal.tidy();
    const records = await readDay(journal, "2026-11-20");
    assert.deepEqual(records.map((r) => [r.receivedMs, r.frame]), [[7, frameOf(7)]]);
    assert.equal(journal.stats().problem, null);
    await journal.close();
  });
});
