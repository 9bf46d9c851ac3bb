import assert from "node:assert/strict";
import fc from "fast-check";
import { CLOSE } from "../../core/wire/frames.ts";
import { CLIENT_MESSAGE_BYTES_MAX, readClientFrame } from "../../core/wire/client_schema.ts";
import { World } from "../core/hub/world.ts";

const CORPUS = [
  '{"op":"sub","id":1,"c":["board:vn30","index"],"from":{"index":{"e":"e1","s":1}}}',
  '{"op":"sub","id":2,"c":["board:extra"],"from":{"board:extra":{"e":"e1","s":9007199254740991}}}',
  '{"op":"sub","id":5,"c":["alerts","stock:FPT","stock:NEW"],"from":{"alerts":{"e":"e1","s":2}}}',
  '{"op":"sub","id":6,"c":["foreign","volume","flow","derivatives"]}',
  '{"op":"unsub","id":3,"c":["index"]}',
  '{"op":"ping","id":4}',
  '{"op":"sub","id":7,"c":["board:vn30","foreign"],"rate":500,"syms":["FPT","NEW"]}',
  '{"op":"auth","id":8,"token":"open-sesame"}',
  '{"op":"ack","n":1}',
  "[".repeat(CLIENT_MESSAGE_BYTES_MAX),
  "x".repeat(CLIENT_MESSAGE_BYTES_MAX + 1),
];

const mutated = fc.tuple(fc.constantFrom(...CORPUS), fc.nat(80), fc.nat(4), fc.string())
  .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
const message = fc.oneof(fc.constantFrom(...CORPUS), mutated, fc.json(), fc.string());
const step = fc.record({
  text: message,
  times: fc.constantFrom(1, 1, 1, 12),
  waitMs: fc.constantFrom(0, 0, 50, 500, 2_000),
});
function isAck(text: string): boolean {
  const read = readClientFrame(text);
  return read.ok && read.frame.op === "ack";
}

const CODES: readonly number[] = Object.values(CLOSE);

Deno.test("Whatever a client says (FZ3), it is answered or closed by the table, and the client beside it is served", () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      const world = World.started();
      const good = world.subscriber();
      const bad = world.join();
      let price = 0;
      for (const { text, times, waitMs } of steps) {
        for (let i = 0; i < times && bad.closeCode() === null; i++) {
          const before = bad.sent.length;
          world.hub.receive(bad, "v1", text, world.nowMs);
          // An acknowledgement is the one operation without a reply.
          const isAnswered = bad.sent.length > before || isAck(text);
          assert.ok(bad.closeCode() !== null || isAnswered, "no answer");
        }
        world.wait(waitMs);
        world.put("board:vn30", "FPT", { last: ++price });
        world.raise(price);
        world.tick();
      }
      const code = bad.closeCode();
      if (code !== null) {
        seen.add(code);
        assert.ok(CODES.includes(code), `closed with ${code}`);
      }
      assert.equal(good.closeCode(), null);
      world.wait(200);
      world.put("board:vn30", "FPT", { last: -1 });
      world.tick();
      assert.ok(JSON.stringify(good.frames()).includes("-1"), "the other client missed the news");
    }),
    { numRuns: 500 },
  );
  for (const code of [CLOSE.protocolError, CLOSE.rateLimited, CLOSE.tooLarge]) {
    assert.ok(seen.has(code), `nobody was closed with ${code}`);
  }
});
