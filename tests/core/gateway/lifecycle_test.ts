import assert from "node:assert/strict";
import { startHubLoop } from "../../../core/gateway/hub_loop.ts";
import { forEachBit } from "../../../core/wire/mask.ts";
import type { Cell } from "../../../core/wire/board.ts";
import { fieldsOf } from "../../../core/wire/channel.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import type { DeltaFrame, ServerFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { cellsOf, ROWS } from "../hub/world.ts";
import { RawClient } from "./raw_client.ts";
import { TestServer, until } from "./test_server.ts";

const V1 = { "sec-websocket-protocol": "vnstock.v1.json" };

Deno.test("However sockets come and go, nothing of them stays (F-114, F-124, F-129, F-130, B-35)", async () => {
  await using server = TestServer.started();
  const loop = startHubLoop(server.services);
  for (let round = 0; round < 20; round++) {
    const polite = server.connectV1();
    await polite.next();
    polite.say({ op: "sub", id: 1, c: ["board:vn30"] });
    const wild = server.connect("/ws/market");
    await wild.next();
    const raw = await RawClient.connect(server.port);
    await raw.upgrade("/ws", V1);
    const early = await RawClient.connect(server.port);
    await early.write(new TextEncoder().encode("GET /ws HTTP/1.1\r\nhost: x\r\n"));
    server.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: round }));
    server.tick();
    raw[Symbol.dispose]();
    early[Symbol.dispose]();
    polite.socket.close(4321);
    wild.socket.close();
    await Promise.all([polite.closed, wild.closed]);
  }
  await server.empty();
  const { hub_joined_total } = server.services.hub.metrics();
  assert.ok(hub_joined_total! >= 40, `${hub_joined_total} joined`);
  loop.stop();
});

Deno.test("A peer that answers no pings is closed, and its place is given back once (F-127, F-128, F-130, F-145, B-20)", async () => {
  await using server = TestServer.started({ wsIdleTimeoutS: 1 });
  using deaf = await RawClient.connect(server.port);
  await deaf.upgrade("/ws", V1);
  await until(() => server.services.admission.open.links === 1, "the link");
  const opcodes: number[] = [];
  for (let frame = await deaf.frame(); frame !== null; frame = await deaf.frame()) {
    opcodes.push(frame.opcode);
    if (frame.opcode === 8) break;
  }
  assert.ok(opcodes.includes(9), "a ping came first");
  await server.empty();
  assert.equal(server.services.admission.open.links, 0);
});

Deno.test("A reader that stops costs no memory, is not missed by others, and catches up in one frame (F-117, F-119, F-154)", async () => {
  await using server = TestServer.started();
  const symbols = Array.from({ length: 1_000 }, (_, i) => `S${i}`);
  server.publisher.setRows({ ...ROWS, "board:extra": symbols }, "e2");
  server.tick();
  const loop = startHubLoop(server.services);
  const fast = server.connectV1();
  using slow = await RawClient.connect(server.port);
  await slow.upgrade("/ws", V1);
  await slow.say('{"op":"sub","id":1,"c":["board:extra"]}');
  await fast.opened;
  fast.say({ op: "sub", id: 1, c: ["board:extra"] });
  const metrics = () => server.services.hub.metrics();
  let price = 0;
  let missed = 0;
  while (missed < 10) {
    assert.ok(++price < 400, "the slow reader never filled its way");
    if (metrics().hub_conflated_total! > 0) missed++;
    for (const symbol of symbols) {
      const cells = fieldsOf("board:extra").map((_, field) => price * 1_000_000 + field);
      server.publisher.put("board:extra", symbol, cells);
    }
    server.tick();
    const { seq } = server.publisher;
    await until(() => fast.texts.some((text) => text.includes(`"s":${seq}`)), "the fast reader");
    fast.texts.length = 0;
  }
  await until(() => server.services.hub.links === 2, "both clients to be there still");
  const held = await readUntil(slow, server.publisher.seq);
  const { symbols: all, rows } = server.publisher.snapshot().tables[0]!;
  assert.deepEqual(held.rows, symbols.map((symbol) => rows[all.indexOf(symbol)]!));
  assert.ok(held.frames <= price - missed + 2, `${held.frames} frames for ${price} changes`);
  loop.stop();
});

/** Applies what a raw client has on its way until it holds a seq. */
async function readUntil(client: RawClient, seq: number) {
  let rows: Cell[][] = [];
  for (let frames = 0;;) {
    const frame = await client.frame();
    if (frame === null) throw new Error("closed before it was current");
    if (frame.opcode !== 1) continue;
    const read = JSON.parse(frame.text) as ServerFrame | ServerFrame[];
    for (const part of Array.isArray(read) ? read : [read]) {
      if (part.k === "s") rows = [...(part.i ? rows : []), ...rowsOf(part)];
      if (part.k === "d") apply(rows, part);
      const isWhole = part.k === "d" || part.k === "s" && (part.i ?? 0) + 1 === (part.n ?? 1);
      if (isWhole) frames++;
      if (isWhole && part.s === seq) return { rows, frames };
    }
  }
}

function rowsOf({ y, v }: SnapshotFrame): Cell[][] {
  return y.map((_, row) => v.map((column) => column[row]!));
}

function apply(rows: Cell[][], { d }: DeltaFrame): void {
  for (let at = 0; at < d.length;) {
    const row = rows[d[at++] as number]!;
    forEachBit(d[at++] as number, (field) => row[field] = d[at++]!);
  }
}

Deno.test("At the end data stops first, then clients are told and closed, and nothing ticks on (F-131, F-132, F-163)", async () => {
  await using server = TestServer.started();
  const loop = startHubLoop(server.services);
  const trace: string[] = [];
  let send: (message: BusMessage) => void = () => {};
  loop.connect({
    subscribe(onMessage) {
      send = onMessage;
      onMessage(server.publisher.snapshot());
      return () => trace.push("bus");
    },
  });
  const v1 = server.connectV1();
  await v1.next();
  const plain = server.connect("/ws/market");
  await plain.next();
  loop.stop();
  trace.push("clients");
  const bye = await v1.next(({ k }) => k === "bye");
  assert.equal(bye.code, 1012);
  assert.ok(bye.after >= 0 && bye.after <= 5_000);
  assert.deepEqual([(await v1.closed).code, (await plain.closed).code], [1012, 1001]);
  assert.deepEqual(trace, ["bus", "clients"]);
  assert.equal(server.services.isDraining, true);
  assert.equal(typeof send, "function");
});

Deno.test("A gap on the bus makes the loop subscribe again; a dead engine side is shown as stale", async () => {
  await using server = new TestServer();
  const loop = startHubLoop(server.services);
  server.publisher.setRows(ROWS, "e1");
  let subscriptions = 0;
  let send: (message: BusMessage) => void = () => {};
  loop.connect({
    subscribe(onMessage) {
      subscriptions++;
      send = onMessage;
      onMessage(server.publisher.snapshot());
      return () => {};
    },
  });
  for (let last = 1; last <= 2; last++) {
    server.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last }));
    const message = server.publisher.tick(last)!;
    if (last === 2) send(message);
  }
  assert.equal(subscriptions, 2);
  assert.equal(server.services.hub.view().rows("board:vn30")[1]?.last, 2);
  loop.disconnect("worker died");
  const { state, reason } = server.services.hub.view().status;
  assert.deepEqual([state, reason], ["stale", "worker died"]);
  assert.ok(server.lines.some((line) => line.includes("hub_gap_seen")));
  loop.stop();
});

Deno.test("A broken bus message is logged and the hub goes on (F-030, F-125, F-139)", async () => {
  await using server = TestServer.started();
  const loop = startHubLoop(server.services);
  let send: (message: BusMessage) => void = () => {};
  loop.connect({
    subscribe(onMessage) {
      send = onMessage;
      return () => {};
    },
  });
  const tables = [{ name: "stock" as const, d: [99, 1, 1] }];
  send({ k: "delta", epoch: "e1", seq: 1, asOfMs: 1, tables, logs: [], trades: [] });
  assert.ok(server.lines.some((line) => line.includes("hub_apply_failed")));
  assert.equal((await server.connect("/ws/market").next()).type, "status");
  loop.stop();
});
