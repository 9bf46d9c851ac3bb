import assert from "node:assert/strict";
import { beatText, messageText, parseEnvelope, reloadText } from "../../../core/bus/envelope.ts";

const PLACE = { term: 12, n: 345 };

Deno.test("What a publisher says is read as it was meant", () => {
  const message = { k: "metrics", metrics: { a: 1 } } as const;
  const read = parseEnvelope(messageText(PLACE, message));
  assert.ok(read?.kind === "message");
  assert.deepEqual([read.term, read.n, read.message()], [12, 345, message]);
  assert.deepEqual(parseEnvelope(reloadText(PLACE)), { ...PLACE, kind: "reload" });
  assert.deepEqual(parseEnvelope(beatText(PLACE, 340)), { ...PLACE, kind: "beat", savedN: 340 });
});

Deno.test("What no publisher says is refused and never throws", () => {
  for (
    const text of ["", "m", "m 1", "m 1 2", "m 1 2 x", "b 1 2", "b 1 2 x", "x 1 2 {}", "m -1 2 {}"]
  ) {
    assert.equal(parseEnvelope(text), null, text);
  }
});
