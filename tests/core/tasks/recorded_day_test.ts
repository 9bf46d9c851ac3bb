import assert from "node:assert/strict";
import { writeOwnFrame } from "../../../core/engine/own_frame.ts";
import { readRecordedDay } from "../../../core/tasks/recorded_day.ts";
import { openTestJournal, withFolder } from "../feed/support/journals.ts";
import { frame, tradeRecord } from "../../support/ssi_frames.ts";

const DATE = "2026-11-16";
const watch = ["AAA", "SHS", "41I1GB000", "ACB"];

const TEXTS = [
  writeOwnFrame({
    kind: "reference",
    members: { VN30: ["AAA", "XXX"] },
    shares: { AAA: 1 },
    watch,
  }),
  frame(tradeRecord({ Symbol: "SHS", MarketId: "HNX", Exchange: "HNX" })),
  // REST told this long after the first frames, and what it says now replaces what it said.
  writeOwnFrame({ kind: "reference", members: { VN30: ["AAA"] }, shares: { AAA: 5, SHS: 7 } }),
];

Deno.test("A recorded day is read for what REST told in all of it, for its boards and for whom it watched", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    TEXTS.forEach((text, n) => journal.append(DATE, 1_000 + n, text));
    journal.commit();
    const day = await readRecordedDay(dir, DATE, () => assert.fail("The journal is damaged"));
    await journal.close();
    const { instruments, indices } = day.listing;
    assert.deepEqual(
      instruments.map((one) => [one.symbol, one.exchange, one.kind, one.listedShares]),
      [["AAA", "HOSE", "stock", 5], ["SHS", "HNX", "stock", 7], ["41I1GB000", "DER", "future", 0]],
    );
    assert.deepEqual(indices.map(({ id, members }) => [id, members]), [["VN30", ["AAA"]]]);
    assert.deepEqual([day.futures, day.extraSymbols], [["41I1GB000"], ["SHS", "ACB"]]);
    assert.deepEqual([day.records, day.firstMs, day.lastMs], [3, 1_000, 1_002]);
  });
});

Deno.test("What cannot be read of a recorded day is told", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    TEXTS.forEach((text, n) => journal.append(DATE, 1_000 + n, text));
    await journal.close();
    const path = `${dir}/${DATE}/000001.vnj`;
    Deno.truncateSync(path, Deno.statSync(path).size - 1);
    const damage: unknown[] = [];
    const day = await readRecordedDay(dir, DATE, (...what) => damage.push(what));
    assert.deepEqual([day.records, damage], [2, [[1, "torn"]]]);
    const none = await readRecordedDay(dir, "2026-11-17", () => assert.fail("There is no day"));
    assert.deepEqual([none.records, none.futures], [0, []]);
  });
});
