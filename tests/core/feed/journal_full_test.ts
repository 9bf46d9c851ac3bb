import assert from "node:assert/strict";
import { scanSegment } from "../../../core/feed/journal_files.ts";
import { smallDiskTest } from "../../support/small_disk.ts";
import { frameOf, MIB, openTestJournal, readDay, until } from "./support/journals.ts";

const DAY = "2026-11-20";

smallDiskTest(
  "journal - survives a full disk, says so, and goes on by itself without half records",
  1,
  async (dir) => {
    Deno.writeFileSync(`${dir}/filler`, new Uint8Array(MIB / 2));
    const events: string[] = [];
    const journal = await openTestJournal(dir, { log: (event) => void events.push(event) });
    let n = 0;
    while (journal.stats().writable) {
      for (let i = 0; i < 37; i++) journal.append(DAY, n, frameOf(n++));
      journal.commit();
    }
    const full = journal.stats();
    assert.match(full.problem ?? "", /cannot be written: .*No space/);
    assert.equal(full.writeErrors, 1);
    assert.equal((await readDay(journal, DAY)).length, full.frames, "no half record is read");
    assert.equal(scanSegment(`${dir}/${DAY}/000001.vnj`).damage, null, "none is left behind");
    journal.append(DAY, n, frameOf(n++));
    assert.equal(journal.stats().pending, 38);

    Deno.removeSync(`${dir}/filler`);
    await until("the journal writes again", () => journal.stats().writable);
    assert.equal(journal.stats().problem, null);
    assert.equal(journal.stats().lost, 0);
    const records = await readDay(journal, DAY);
    assert.deepEqual(records.map((r) => r.frame), [...Array(n).keys()].map(frameOf));
    assert.deepEqual(events.filter((e) => /failed|resumed/.test(e)), [
      "journal_failed",
      "journal_resumed",
    ]);
    await journal.close();
  },
);

smallDiskTest("journal - counts what neither the disk nor its memory can take", 1, async (dir) => {
  Deno.writeFileSync(`${dir}/filler`, new Uint8Array(MIB - 16 * 1024));
  // The retry is in the clock's hands, so that none comes in between.
  const journal = await openTestJournal(dir, { clock: { nowMs: () => 0 } });
  const frame = "x".repeat(MIB);
  for (let n = 0; n < 12; n++) journal.append(DAY, n, frame);
  assert.equal(journal.stats().pending, 8);
  assert.equal(journal.stats().lost, 4);
  await journal.close();
  assert.equal(journal.stats().lost, 12, "closing counts what was never written");
});
