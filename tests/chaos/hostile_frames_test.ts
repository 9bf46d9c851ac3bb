import assert from "node:assert/strict";
import { startHubLoop } from "../../core/gateway/hub_loop.ts";
import { RawClient } from "../core/gateway/raw_client.ts";
import { rawFrame } from "../core/gateway/raw_frame.ts";
import { TestServer, until } from "../core/gateway/test_server.ts";
import { cellsOf } from "../core/hub/world.ts";

const V1 = { "sec-websocket-protocol": "vnstock.v1.json" };
const MIB = 1_048_576;
const bytes = (text: string) => new TextEncoder().encode(text);
const frame = (text: string) => rawFrame({ opcode: 1, payload: bytes(text) });

interface Attack {
  readonly name: string;
  /** Codes of the close that may answer it. */
  readonly codes: readonly number[];
  /** What is written, again and again until the server ends it, at most so many times. */
  readonly parts: readonly Uint8Array[];
  readonly times?: number;
}

/** The first of a socket goes through the whole list of broken messages, so 4005 may come sooner. */
const ATTACKS: readonly Attack[] = [
  {
    name: "a frame of 65 MiB, told by its head",
    codes: [1009],
    parts: [rawFrame({ opcode: 1, length: 65 * MIB }), new Uint8Array(64 * 1_024)],
  },
  {
    name: "endless fragments",
    codes: [1009],
    parts: [
      rawFrame({ opcode: 1, payload: bytes("x".repeat(100)), isFinal: false }),
      ...Array.from(
        { length: 100 },
        () => rawFrame({ opcode: 0, payload: bytes("x".repeat(100)), isFinal: false }),
      ),
    ],
  },
  {
    name: "empty fragments without end",
    codes: [1008, 1009],
    parts: [
      rawFrame({ opcode: 1, isFinal: false }),
      ...Array.from({ length: 200_000 }, () => rawFrame({ opcode: 0, isFinal: false })),
    ],
  },
  { name: "a flood", codes: [4129], parts: [frame('{"op":"ping","id":1}')], times: 10_000 },
  {
    name: "a million names",
    codes: [1009],
    parts: [frame(`{"op":"sub","id":1,"c":[${'"index",'.repeat(MIB)}"index"]}`)],
  },
  { name: "deep JSON", codes: [4005], parts: [frame("[".repeat(4_000))], times: 3 },
  {
    name: "keys of the prototype",
    codes: [4005],
    parts: [frame('{"op":"sub","id":1,"c":["index"],"__proto__":{"x":1},"constructor":1}')],
    times: 3,
  },
  {
    name: "text that is no UTF-8",
    codes: [1007],
    parts: [rawFrame({ opcode: 1, payload: new Uint8Array([0xc3, 0x28]) })],
  },
  { name: "binary", codes: [1003], parts: [rawFrame({ opcode: 2, payload: bytes("{}") })] },
];

/** Writes until all is written or the server has ended the connection. */
async function attack(port: number, { parts, times = 1 }: Attack): Promise<number | null> {
  using raw = await RawClient.connect(port);
  await raw.upgrade("/ws", V1);
  const reading = raw.closeCode();
  let isEnded = false;
  reading.finally(() => isEnded = true);
  try {
    for (let i = 0; i < times && !isEnded; i++) {
      for (const part of parts) if (!isEnded) await raw.write(part);
    }
  } catch (error) {
    // The server has ended the connection while we wrote.
    const isEnd = error instanceof Deno.errors.BrokenPipe ||
      error instanceof Deno.errors.ConnectionReset;
    if (!isEnd) throw error;
  }
  return await reading;
}

Deno.test("Hostile frames (F24) are answered by the documented code, and nobody else notices", async () => {
  await using server = await TestServer.startedOn("ws", { times: { closeMs: 500 } });
  const loop = startHubLoop(server.services);
  const good = server.connectV1();
  await good.next();
  good.say({ op: "sub", id: 1, c: ["board:vn30"] });
  let price = 1_000_000;
  const isServed = async () => {
    server.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: ++price }));
    server.tick();
    await good.next((m) => m.k === "d" && m.d.includes(price));
  };
  await good.next((m) => m.k === "s" || Array.isArray(m));
  for (const each of ATTACKS) {
    const code = await attack(server.port, each);
    assert.ok(each.codes.includes(code!), `${each.name}: ${code}`);
    await isServed();
  }
  await until(() => server.services.admission.open.links === 1, "the attackers to be gone");
  loop.stop();
  assert.equal((await good.closed).code, 1012);
});
