import assert from "node:assert/strict";
import type { InstrumentRow } from "../../../../core/port/store.ts";
import { batchesOf } from "../../../../core/tasks/backfill/batches.ts";
import { NO_ROWS } from "../../../../core/tasks/store_rows.ts";

const named = (symbol: string, tradingDate: string): InstrumentRow & { tradingDate: string } => ({
  ...{ symbol, tradingDate, exchange: "HOSE", nameVi: null, nameEn: null, listedShares: null },
});

Deno.test("backfill - rows leave by day, oldest first, and say nothing of the journal", () => {
  const [a, b, c] = [named("A", "2026-11-19"), named("B", "2026-11-18"), named("C", "2026-11-19")];
  const day = { voided: [], from: null, to: null };
  assert.deepEqual(batchesOf({ instruments: [a!, b!, c!], candles: [] }), [
    { tradingDate: "2026-11-18", rows: { ...NO_ROWS, instruments: [b] }, ...day },
    { tradingDate: "2026-11-19", rows: { ...NO_ROWS, instruments: [a, c] }, ...day },
  ]);
  assert.deepEqual(batchesOf({}), []);
});
