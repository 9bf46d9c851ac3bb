import assert from "node:assert/strict";
import { tradingDateOf } from "../../../core/ssi/trading_date.ts";
import {
  foreignRecord,
  frame,
  frameOf,
  INIT_FRAME,
  tradeRecord,
} from "../../support/ssi_frames.ts";

Deno.test("The trading date is found through all layers of escaping", () => {
  assert.equal(tradingDateOf(frame(tradeRecord())), "2026-11-16");
  assert.equal(tradingDateOf(frameOf({ DataType: "R", Content: foreignRecord() })), "2026-11-16");
  assert.equal(tradingDateOf(JSON.stringify(tradeRecord())), "2026-11-16");
  assert.equal(tradingDateOf('{ "TradingDate" : "16\\/11\\/2026" }'), "2026-11-16");
});

Deno.test("The first readable date counts, and an unreadable one is passed over", () => {
  const unreadable = foreignRecord({ TradingDate: "31/02/2026" });
  const text = frame(unreadable) + frame(foreignRecord({ TradingDate: null })) +
    frame(foreignRecord({ TradingDate: "17/11/2026" })) + frame(tradeRecord());
  assert.equal(tradingDateOf(text), "2026-11-17");
});

Deno.test("A frame without a trading date has none", () => {
  for (const text of ["", "{}", INIT_FRAME, '{"TradingDate":"', "TradingDate".repeat(1_000)]) {
    assert.equal(tradingDateOf(text), null);
  }
});
