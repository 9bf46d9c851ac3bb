import assert from "node:assert/strict";
import { DETAIL_CHARS_MAX, FRAME_CHARS_MAX, parseFrame } from "../../../core/ssi/frame.ts";
import { frameOf, INIT_FRAME } from "../../support/ssi_frames.ts";

Deno.test("An empty object is a keep-alive, with or without spaces", () => {
  assert.deepEqual(parseFrame("{}"), { kind: "keep-alive" });
  assert.deepEqual(parseFrame(" { } "), { kind: "keep-alive" });
});

Deno.test("The first frame of a connection says init and carries the cursor", () => {
  const frame = parseFrame(INIT_FRAME);
  assert.equal(frame.kind, "init");
  assert.ok(frame.kind === "init");
  assert.equal(frame.cursor, "d-AB12-B,0|x,0");
  assert.equal(frame.broadcast, false);
});

Deno.test("A reply carries its id, and the error when the invocation failed", () => {
  assert.deepEqual(parseFrame('{"I":"1"}'), { kind: "ack", id: "1" });
  assert.deepEqual(parseFrame('{"I":7,"R":null}'), { kind: "ack", id: "7" });
  assert.deepEqual(parseFrame('{"I":"1","E":"quota exceeded"}'), {
    kind: "hub-error",
    id: "1",
    error: "quota exceeded",
  });
});

Deno.test("Cursor, groups and a request to reconnect are read from any frame", () => {
  const frame = parseFrame('{"C":"c1","G":"g1","T":1}');
  assert.ok(frame.kind === "messages");
  assert.equal(frame.cursor, "c1");
  assert.equal(frame.groups, "g1");
  assert.equal(frame.reconnect, true);
  assert.equal(frame.invocations.length, 0);
});

Deno.test("Broadcasts are told from other callbacks, and texts of Error are kept apart", () => {
  const hub = "FcMarketDataV2Hub";
  const frame = parseFrame(JSON.stringify({
    C: "c",
    M: [{ H: hub, M: "broadcast", A: ["x"] }, { H: hub, M: "Error", A: ["channel refused"] }, 7],
  }));
  assert.ok(frame.kind === "messages");
  assert.equal(frame.broadcast, true);
  assert.deepEqual(frame.errors, ["channel refused"]);
  assert.equal(frame.malformed, 1);
  assert.deepEqual(frame.invocations.map((invocation) => invocation.method), [
    "broadcast",
    "error",
  ]);
});

Deno.test("What is no frame is refused with a reason and without the payload", () => {
  assert.deepEqual(parseFrame("{"), {
    kind: "refused",
    fault: "not-json",
    detail: "frame of 1 characters",
  });
  for (const text of ["[]", "null", "3", '"x"', '{"M":{}}']) {
    const frame = parseFrame(text);
    assert.ok(frame.kind === "refused", text);
    assert.equal(frame.fault, "bad-envelope");
  }
  assert.deepEqual(parseFrame('{"foo":1}'), { kind: "other" });
});

Deno.test("A text is read up to the size limit and refused beyond it", () => {
  const text = (chars: number) => `{}${" ".repeat(chars - 2)}`;
  assert.equal(parseFrame(text(FRAME_CHARS_MAX - 1)).kind, "keep-alive");
  assert.equal(parseFrame(text(FRAME_CHARS_MAX)).kind, "keep-alive");
  const frame = parseFrame(text(FRAME_CHARS_MAX + 1));
  assert.ok(frame.kind === "refused");
  assert.equal(frame.fault, "too-large");
});

Deno.test("A frame of hundreds of KB is one frame, as after subscribing to ALL", () => {
  const frame = parseFrame(frameOf(...Array.from({ length: 500 }, () => "x".repeat(1_000))));
  assert.ok(frame.kind === "messages");
  assert.equal(frame.invocations.length, 500);
});

Deno.test("Objects that carry hostile names do not throw, and error texts are cut", () => {
  assert.equal(parseFrame('{"I":{"toString":1}}').kind, "ack");
  assert.equal(parseFrame('{"__proto__":{"M":[]}}').kind, "other");
  const frame = parseFrame(JSON.stringify({ I: "1", E: "e".repeat(10_000) }));
  assert.ok(frame.kind === "hub-error");
  assert.equal(frame.error.length, DETAIL_CHARS_MAX);
});
