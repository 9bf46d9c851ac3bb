import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cursorAfter,
  encodeBroadcast,
  encodeError,
  messageFrame,
  numberOfCursor,
  responseFrame,
} from "../../../core/sim/frames.ts";

Deno.test("A broadcast carries its record as a string inside a string", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
    const text = encodeBroadcast({ channel: "X-TRADE", symbol: "AAA", record });
    const { H, M, A } = JSON.parse(text);
    assert.deepEqual([H, M, A.length], ["FcMarketDataV2Hub", "Broadcast", 1]);
    const { DataType, Content } = JSON.parse(A[0]);
    assert.equal(DataType, "X-TRADE");
    assert.equal(Content, JSON.stringify(record));
  }));
});

Deno.test("A cursor gives its number back, any other text gives none", () => {
  fc.assert(fc.property(fc.nat(), (number) => {
    assert.equal(numberOfCursor(cursorAfter(number)), number);
  }));
  for (const text of ["", "d-", "d-0-B,1|C,0", `${cursorAfter(1)} `]) {
    assert.equal(numberOfCursor(text), null);
  }
});

Deno.test("A frame holds its messages in order under the cursor of the last", () => {
  const frame = JSON.parse(messageFrame(26, [encodeError("a"), encodeError("b")]));
  assert.equal(numberOfCursor(frame.C), 26);
  assert.deepEqual(frame.M.map(({ A }: { A: string[] }) => A[0]), ["a", "b"]);
});

Deno.test("An answer names its invocation as a string, and an error only when there is one", () => {
  assert.equal(responseFrame(1), '{"I":"1"}');
  assert.equal(responseFrame("a", "no"), '{"I":"a","E":"no"}');
});
