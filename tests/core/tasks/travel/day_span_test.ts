import assert from "node:assert/strict";
import { spanOf } from "../../../../core/tasks/travel/day_span.ts";
import { frame, tradeRecord } from "../../../support/ssi_frames.ts";
import { openTestJournal, withFolder } from "../../feed/support/journals.ts";

const DATE = "2026-11-16";

function trade(Symbol: string, Time: string): string {
  return frame(tradeRecord({ Symbol, Time, TradingDate: "16/11/2026" }));
}

Deno.test("A recording begins with the first live message, however slowly the cache before it came (N-15)", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    // The cache: one message of each security, of any earlier time, one of them sent twice.
    const cached = [["FPT", "09:15:00"], ["VNM", "09:59:58"], ["FPT", "09:15:00"]] as const;
    const live = [["FPT", "10:00:02"], ["VNM", "10:04:05"], ["FPT", "10:04:01"]] as const;
    [...cached, ...live].forEach(([symbol, time], n) => {
      journal.append(DATE, n * 30_000, trade(symbol, time));
    });
    journal.commit();
    const span = await spanOf(dir, DATE);
    await journal.close();
    const at = (time: string) => Date.parse(`${DATE}T${time}+07:00`);
    assert.deepEqual(span, { firstMs: at("10:00:02"), lastMs: at("10:04:05") });
  });
});
