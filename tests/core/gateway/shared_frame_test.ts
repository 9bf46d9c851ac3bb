import assert from "node:assert/strict";
import { inflateRawSync } from "node:zlib";
import { Buffer } from "node:buffer";
import {
  DEFLATE_BYTES_MIN,
  deflatedFrame,
  plainFrame,
} from "../../../core/gateway/shared_frame.ts";
import { SharedMessage } from "../../../core/hub/message.ts";

/** Payload of a frame, by the lengths of RFC 6455. */
function payloadOf(frame: Buffer): Buffer {
  const short = frame[1]!;
  const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
  const length = short < 126
    ? short
    : short === 126
    ? frame.readUInt16BE(2)
    : Number(frame.readBigUInt64BE(2));
  assert.equal(frame.length, headBytes + length);
  return frame.subarray(headBytes);
}

Deno.test("A frame holds its text at every length of a head", () => {
  for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 200_000]) {
    const frame = plainFrame(new SharedMessage("x".repeat(length)));
    assert.equal(frame[0], 0x81);
    assert.equal(payloadOf(frame).length, length);
  }
});

Deno.test("A deflated frame inflates to its text, also one of several bytes a letter", () => {
  const text = "Cổ phiếu ".repeat(100);
  const frame = deflatedFrame(new SharedMessage(text));
  assert.equal(frame[0], 0xc1);
  const flushed = Buffer.concat([payloadOf(frame), Buffer.from([0, 0, 0xff, 0xff])]);
  assert.equal(inflateRawSync(flushed, { finishFlush: 2 }).toString(), text);
  assert.ok(frame.length * 10 < Buffer.byteLength(text));
});

Deno.test("A message is framed and deflated once, and a short one is not deflated", () => {
  const long = new SharedMessage("x".repeat(DEFLATE_BYTES_MIN));
  assert.equal(plainFrame(long), plainFrame(long));
  assert.equal(deflatedFrame(long), deflatedFrame(long));
  assert.notEqual(deflatedFrame(long), plainFrame(long));
  const short = new SharedMessage("x".repeat(DEFLATE_BYTES_MIN - 1));
  assert.deepEqual(deflatedFrame(short), plainFrame(short));
});

Deno.test("Frames keep their texts when others are made after them", () => {
  const texts = ["Cổ phiếu ", "€", "x", "\ud800"]
    .flatMap((letters) => [1, 100, 21_845, 21_846].map((times) => letters.repeat(times)));
  const frames = texts.map((text) => plainFrame(new SharedMessage(text)));
  frames.forEach((frame, i) => {
    assert.deepEqual(payloadOf(frame), Buffer.from(texts[i]!));
  });
});

Deno.test("A message that shares its end with others is framed and deflated as one text", () => {
  for (const own of ["", '{"sid":"ế",', "x".repeat(128), "y".repeat(129), "€".repeat(30_000)]) {
    for (const end of ["x", "Cổ phiếu ".repeat(500)]) {
      const rest = new SharedMessage(end);
      const message = new SharedMessage(own, rest);
      assert.equal(message.text, own + end);
      assert.deepEqual(payloadOf(plainFrame(message)), Buffer.from(own + end));
      const frame = deflatedFrame(message);
      const payload = payloadOf(frame);
      if (frame[0] === 0x81) {
        assert.deepEqual(payload, Buffer.from(own + end));
        continue;
      }
      const flushed = Buffer.concat([payload, Buffer.from([0, 0, 0xff, 0xff])]);
      assert.equal(inflateRawSync(flushed, { finishFlush: 2 }).toString(), own + end);
    }
  }
});

Deno.test("The shared end of a message is deflated once, and what stands before it not at all", () => {
  const rest = new SharedMessage("Cổ phiếu ".repeat(500));
  const [a, b] = ["a", "b"].map((own) => payloadOf(deflatedFrame(new SharedMessage(own, rest))));
  assert.deepEqual(a!.subarray(0, 6), Buffer.from([0, 1, 0, 0xfe, 0xff, 0x61]));
  assert.deepEqual(a!.subarray(6), b!.subarray(6));
});
