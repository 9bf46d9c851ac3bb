import assert from "node:assert/strict";
import fc from "fast-check";
import { startHubLoop } from "../../core/gateway/hub_loop.ts";
import { RawClient } from "../core/gateway/raw_client.ts";
import { type RawFrame, rawFrame } from "../core/gateway/raw_frame.ts";
import { TestServer } from "../core/gateway/test_server.ts";

const RUNS = 1_000;
/** A close frame of the client carries its own code back, as long as that may be sent at all. */
const isCode = (code: number) => code >= 1000 && code < 5000 && ![1004, 1005, 1006].includes(code);

const encoder = new TextEncoder();
const operation = fc.constantFrom(
  '{"op":"ping","id":1}',
  '{"op":"sub","id":2,"c":["board:vn30"]}',
  '{"op":"unsub","id":3,"c":["board:vn30"]}',
  "{",
).map((text) => encoder.encode(text));
const payload = fc.oneof(
  operation,
  operation,
  fc.uint8Array({ maxLength: 130 }),
  fc.constantFrom(124, 125, 126, 127, 4_096, 4_097, 65_535, 65_536)
    .map((length) => new Uint8Array(length).fill(0x61)),
);
const frame: fc.Arbitrary<RawFrame> = fc.record({
  opcode: fc.oneof(fc.constantFrom(1, 1, 0, 2, 8, 9, 10), fc.nat(15)),
  payload,
  isFinal: fc.oneof(fc.constant(true), fc.boolean()),
  reserved: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.nat(7)),
  isMasked: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, fc.boolean()),
  lengthBytes: fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    fc.constantFrom(0 as const, 2 as const, 8 as const),
  ),
  length: fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    fc.nat(300),
    fc.constantFrom(2 ** 31, 2 ** 32, 2 ** 53),
  ),
}, { requiredKeys: ["opcode"] }) as fc.Arbitrary<RawFrame>;
const piece = fc.oneof(
  { weight: 5, arbitrary: frame.map(rawFrame) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 40 }) },
);

/** Sends pieces and the end of the stream, and reads until the server has ended it too. */
async function talk(server: TestServer, pieces: readonly Uint8Array[]) {
  using raw = await RawClient.connect(server.port);
  await raw.upgrade("/ws", { "sec-websocket-protocol": "vnstock.v1.json" });
  const reading = raw.closeCode();
  try {
    for (const bytes of pieces) await raw.write(bytes);
    await raw.endWriting();
  } catch (error) {
    const isEnd = error instanceof Deno.errors.BrokenPipe ||
      error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.NotConnected;
    if (!isEnd) throw error;
  }
  return await reading;
}

Deno.test("Whatever bytes a socket gets (FZ4), it is closed by the table or goes on, and others are served", async () => {
  await using server = await TestServer.startedOn("ws", { times: { closeMs: 200 } });
  const loop = startHubLoop(server.services);
  const good = server.connectV1();
  await good.next();
  // Who says nothing at first is closed after a while, and a slow machine is slower than that.
  good.say({ op: "ping", id: 0 });
  await good.next(({ k }) => k === "ok");
  const seen = new Set<number | null>();
  let id = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
      const code = await talk(server, pieces);
      seen.add(code);
      assert.ok(code === null || isCode(code), `closed with ${code}`);
      if (++id % 250 === 0) {
        good.say({ op: "ping", id });
        assert.equal((await good.next(({ k }) => k === "ok")).id, id);
      }
    }),
    { numRuns: RUNS },
  );
  for (const code of [null, 1002, 1007, 1009]) assert.ok(seen.has(code), `never seen: ${code}`);
  loop.stop();
  assert.equal((await good.closed).code, 1012);
});
