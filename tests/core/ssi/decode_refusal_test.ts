import assert from "node:assert/strict";
import { decodeFrame } from "../../../core/ssi/decode.ts";
import { REFUSAL_REASONS, type RefusalReason } from "../../../core/ssi/decode_value.ts";
import { DETAIL_CHARS_MAX, FRAME_CHARS_MAX } from "../../../core/ssi/frame.ts";
import {
  barRecord,
  combinedRecord,
  foreignRecord,
  frame,
  frameOf,
  indexRecord,
  message,
  oddLotRecord,
  quoteRecord,
  statusRecord,
  tradeRecord,
} from "../../support/ssi_frames.ts";

const CASES: Readonly<Record<RefusalReason, readonly string[]>> = {
  "too-large": [" ".repeat(FRAME_CHARS_MAX + 1)],
  "not-json": [
    "{",
    "{“C”:1}",
    frameOf("{"),
    frameOf('{"DataType":"R","Content":"{\\"RType\\":"}'),
    frameOf('{"DataType":"R","Content":"{\\"a\\":1,}"}'),
  ],
  "bad-envelope": [
    "[]",
    '{"x":1}',
    '{"C":"c","M":[null]}',
    '{"C":"c","M":[{"M":"Broadcast"}]}',
    frameOf(7),
    frameOf("null"),
    frameOf({ DataType: "R" }),
    frameOf({ DataType: "R", Content: "3" }),
  ],
  "unknown-method": ['{"C":"c","M":[{"H":"h","M":"Hello","A":[]}]}'],
  "unknown-type": [
    frameOf(message("ZZ", {})),
    frameOf(message("", {})),
    frameOf({ DataType: 5, Content: {} }),
    frameOf({ Content: {} }),
  ],
  "bad-shape": [
    frame(tradeRecord({ LastVol: [300] })),
    frame(tradeRecord({ TradingSession: 3 })),
    frame(quoteRecord({ BidPrice1: true })),
    frame(indexRecord({ IndexName: {} })),
    frame(oddLotRecord({ AskPrice1: [] })),
  ],
  "bad-symbol": [
    frame(tradeRecord({ Symbol: "" })),
    frame(tradeRecord({ Symbol: null })),
    frame(tradeRecord({ Symbol: 5 })),
    frame(statusRecord({ Symbol: "<b>" })),
    frame(statusRecord({ Symbol: "A".repeat(21) })),
    frame(indexRecord({ IndexId: undefined })),
    frame(barRecord({ Symbol: "../x" })),
    frame(oddLotRecord({ Symbol: "A B" })),
  ],
  "bad-date": [
    frame(tradeRecord({ TradingDate: "31/02/2026" })),
    frame(tradeRecord({ TradingDate: null })),
    frame(tradeRecord({ TradingDate: "16/11/0026" })),
    frame(tradeRecord({ TradingDate: "16/11/2126" })),
    frame(foreignRecord({ TradingDate: 20261116 })),
    frame(oddLotRecord({ TradingDate: "" })),
  ],
  "bad-time": [
    frame(tradeRecord({ Time: "24:00:00" })),
    frame(quoteRecord({ Time: "" })),
    frame(quoteRecord({ Time: 101507 })),
    frame(oddLotRecord({ Time: "10:60:00" })),
  ],
  "bad-number": [
    frame(tradeRecord({ LastPrice: -1 })),
    frame(tradeRecord({ LastPrice: 1e13 })),
    frame(tradeRecord({ LastVol: 0.5 })),
    frame(tradeRecord({ TotalVol: -300 })),
    frame(tradeRecord({ TotalVol: null })),
    frame(tradeRecord({ TotalVal: 1e17 })),
    frame(tradeRecord({ TotalVol: "0x10" })),
    frame(tradeRecord({ TotalVol: "1e999" })),
    frame(tradeRecord({ TotalVol: "1,200" })),
    frame(tradeRecord({ LastPrice: "N/A" })),
    frame(tradeRecord()).replace("10050,", "1e999,"),
    frame(combinedRecord({ AskVol10: -1 })),
    frame(barRecord({ Close: 0 })),
    frame(oddLotRecord({ LastVol: null })),
    frame(oddLotRecord({ LastVol: -1 })),
    frame(oddLotRecord({ TotalVol: "many" })),
    frame(oddLotRecord({ BidVol3: 0.5 })),
  ],
};

for (const reason of REFUSAL_REASONS) {
  Deno.test(`What is wrong in the manner of ${reason} is refused for that reason, once`, () => {
    assert.ok(CASES[reason].length > 0);
    for (const text of CASES[reason]) {
      const decoded = decodeFrame(text);
      assert.deepEqual(decoded.events, [], text.slice(0, 300));
      assert.deepEqual(
        decoded.refusals.map((refusal) => refusal.reason),
        [reason],
        text.slice(0, 300),
      );
      for (const { detail } of decoded.refusals) assert.ok(detail.length <= DETAIL_CHARS_MAX);
    }
  });
}

Deno.test("A broken message leaves its neighbours in the frame untouched (F-016)", () => {
  const decoded = decodeFrame(
    frameOf(message("F", statusRecord()), "{", message("R", foreignRecord())),
  );
  assert.deepEqual(decoded.events.map((event) => event.kind), ["status", "foreign"]);
  assert.equal(decoded.decoded + decoded.refusals.length, decoded.messages);
});

Deno.test("Callbacks that belong to the connection are no refusals", () => {
  for (const method of ["Error", "Reconnected", "Disconnected"]) {
    const decoded = decodeFrame(JSON.stringify({ C: "c", M: [{ H: "h", M: method, A: ["x"] }] }));
    assert.deepEqual(decoded.refusals, []);
  }
});
