import assert from "node:assert/strict";
import { once } from "node:events";
import { WebSocket as NodeSocket } from "ws";
import { startHubLoop } from "../../../core/gateway/hub_loop.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import { SharedMessage } from "../../../core/hub/message.ts";
import { Secret } from "../../../core/secret.ts";
import { RawClient } from "./raw_client.ts";
import { rawFrame } from "./raw_frame.ts";
import { type Adapter, ADAPTERS, TestServer, until } from "./test_server.ts";

const V1 = { "sec-websocket-protocol": "vnstock.v1.json" };

/** Where the two ways of serving sockets differ; the runtime's own offers no more. */
const OF_WS = {
  canDeflate: true,
  judgesHeads: true,
  endsDeaf: true,
  listWithoutSpace: 101,
} as const;
const DIFFERENCES = {
  deno: { canDeflate: false, judgesHeads: false, endsDeaf: false, listWithoutSpace: 400 },
  ws: OF_WS,
  native: OF_WS,
} as const satisfies Record<Adapter, unknown>;

/** One test for each way of serving sockets. */
function eachAdapter(name: string, act: (adapter: Adapter) => Promise<void>): void {
  for (const adapter of ADAPTERS) Deno.test(`${adapter}: ${name}`, () => act(adapter));
}

/** Links that join from now on, and how often each left by its socket's end. */
function watchLinks({ services: { hub } }: TestServer) {
  const links: ClientLink[] = [];
  const left = new Map<ClientLink, number>();
  const [join, leave] = [hub.join.bind(hub), hub.leave.bind(hub)];
  hub.join = (link, ...rest) => {
    links.push(link);
    join(link, ...rest);
  };
  hub.leave = (link, ...rest) => {
    left.set(link, (left.get(link) ?? 0) + 1);
    leave(link, ...rest);
  };
  return { links, left };
}

async function rawV1(server: TestServer): Promise<RawClient> {
  const raw = await RawClient.connect(server.port);
  assert.equal((await raw.upgrade("/ws", V1)).status, 101);
  return raw;
}

eachAdapter("Text goes both ways, in either contract", async (adapter) => {
  await using server = await TestServer.startedOn(adapter);
  const v1 = server.connectV1();
  assert.equal((await v1.next()).k, "hello");
  assert.equal(v1.socket.protocol, "vnstock.v1.json");
  v1.say({ op: "ping", id: 7 });
  assert.equal((await v1.next(({ k }) => k === "ok")).id, 7);
  const plain = server.connect("/ws/stocks/FPT");
  assert.equal((await plain.next()).type, "status");
  assert.equal(plain.socket.protocol, "");
});

eachAdapter(
  "Refusals are told inside the socket or by a status, in the same order",
  async (adapter) => {
    const config = { wsAuthToken: new Secret("s3cret-token"), wsConnectionsPerIpMax: 1 };
    await using server = await TestServer.startedOn(adapter, { config });
    const ask = async (path: string, headers: Record<string, string> = {}) => {
      using raw = await RawClient.connect(server.port);
      return (await raw.upgrade(path, headers)).status;
    };
    assert.equal(await ask("/ws"), 400);
    assert.equal(await ask("/ws", { ...V1, "sec-websocket-version": "8" }), 426);
    assert.equal(await ask("/ws", { ...V1, upgrade: "" }), 426);
    assert.equal(await ask("/ws/market?symbol=1"), 400);
    assert.equal(await ask("/ws/stocks/%20"), 400);
    assert.equal(await ask("/ws/market", { origin: "http://evil.test" }), 403);
    assert.equal(await ask("/ws", { ...V1, "sec-websocket-key": "short" }), 400);
    assert.equal(await ask("/ws", { "sec-websocket-protocol": "vnstock.v1.json,,x" }), 400);
    const wrong = server.connect("/ws/market?token=wrong-token");
    assert.equal((await wrong.next()).code, "UNAUTHENTICATED");
    assert.equal((await wrong.closed).code, 1008);
    const inside = server.connect("/ws/market?token=s3cret-token");
    assert.equal((await inside.next()).type, "status");
    const more = server.connect("/ws/market?token=s3cret-token");
    assert.equal((await more.next()).code, "RATE_LIMITED");
    assert.equal((await more.closed).code, 1008);
    server.services.isDraining = true;
    assert.equal(await ask("/ws/market?token=s3cret-token"), 503);
  },
);

eachAdapter(
  "Our own pages may connect, and other origins of the same host may not",
  async (adapter) => {
    await using server = await TestServer.startedOn(adapter);
    // Pages of the gateways' server are elsewhere: at the application's port.
    const pages = `http://board.test:${adapter === "deno" ? server.port : 8000}`;
    const host = `board.test:${server.port}`;
    for (
      const [origin, status] of [[pages, 101], ["http://board.test:1", 403], ["null", 403]] as const
    ) {
      using raw = await RawClient.connect(server.port);
      assert.equal((await raw.upgrade("/ws", { ...V1, host, origin })).status, status, origin);
    }
  },
);

eachAdapter(
  "A list of subprotocols is read with and without spaces, as far as the runtime can",
  async (adapter) => {
    await using server = await TestServer.startedOn(adapter);
    for (
      const [list, status] of [
        ["other, vnstock.v1.json", 101],
        ["other,vnstock.v1.json", DIFFERENCES[adapter].listWithoutSpace],
      ] as const
    ) {
      using raw = await RawClient.connect(server.port);
      const answer = await raw.upgrade("/ws", { "sec-websocket-protocol": list });
      assert.equal(answer.status, status, list);
      if (status === 101) assert.match(answer.head, /sec-websocket-protocol: vnstock\.v1\.json\r/i);
    }
  },
);

eachAdapter("A binary message closes with 1003, a large one with 1009 (F-155)", async (adapter) => {
  await using server = await TestServer.startedOn(adapter);
  const binary = server.connectV1();
  await binary.next();
  binary.socket.send(new Uint8Array(3));
  assert.equal((await binary.closed).code, 1003);
  const large = server.connectV1();
  await large.next();
  large.say("x".repeat(4_097));
  assert.equal((await large.closed).code, 1009);
  const fits = server.connectV1();
  await fits.next();
  fits.say("x".repeat(4_096));
  assert.equal((await fits.next()).code, "BAD_MESSAGE");
});

eachAdapter(
  "A large frame is refused by its head alone, where the adapter can (M1)",
  async (adapter) => {
    await using server = await TestServer.startedOn(adapter);
    using raw = await rawV1(server);
    await raw.write(rawFrame({ opcode: 1, length: 1_048_576 }));
    if (DIFFERENCES[adapter].judgesHeads) {
      assert.equal(await raw.closeCode(), 1009);
    } else {
      // It waits for the payload; nothing has judged the head.
      const beside = server.connectV1();
      await beside.next();
      assert.equal(server.services.hub.links, 2);
    }
  },
);

eachAdapter("Broken frames close the socket with a code of the protocol", async (adapter) => {
  await using server = await TestServer.startedOn(adapter);
  const text = new TextEncoder().encode("{}");
  const frames = [
    { opcode: 1, payload: new Uint8Array([0xff, 0xfe]) },
    { opcode: 1, payload: text, reserved: 2 },
    { opcode: 3, payload: text },
    { opcode: 9, payload: new Uint8Array(126) },
  ];
  for (const frame of frames) {
    using raw = await rawV1(server);
    await raw.write(rawFrame(frame));
    const code = await raw.closeCode();
    assert.ok(code === null || [1002, 1007].includes(code), `${JSON.stringify(frame)}: ${code}`);
    if (adapter !== "deno") assert.notEqual(code, null, "ws says why");
  }
});

eachAdapter("A real client that offers permessage-deflate reads what it gets", async (adapter) => {
  await using server = await TestServer.startedOn(adapter);
  const plain = server.connectV1();
  const client = new NodeSocket(server.url("/ws"), ["vnstock.v1.json"]);
  const texts: string[] = [];
  client.on("message", (data) => texts.push(String(data)));
  await Promise.all([plain.opened, until(() => texts.length > 0, "hello")]);
  assert.equal(client.extensions, DIFFERENCES[adapter].canDeflate ? "permessage-deflate" : "");
  const loop = startHubLoop(server.services);
  client.send(JSON.stringify({ op: "sub", id: 1, c: ["board:vn30"] }));
  plain.say({ op: "sub", id: 1, c: ["board:vn30"] });
  const isSnapshot = (text: string) => text.includes('"k":"s"');
  await until(() => texts.some(isSnapshot) && plain.texts.some(isSnapshot), "both snapshots");
  assert.deepEqual(texts.filter(isSnapshot), plain.texts.filter(isSnapshot));
  loop.stop();
  const [code] = await once(client, "close");
  assert.equal(code, 1012);
});

eachAdapter("Links share the bytes of a message", async (adapter) => {
  await using server = await TestServer.startedOn(adapter);
  const { links } = watchLinks(server);
  const clients = [server.connectV1(), server.connectV1()];
  for (const client of clients) await client.next();
  const message = new SharedMessage(`{"n":1,"text":"${"ế".repeat(300)}"}`);
  let made = 0;
  const as = message.as.bind(message);
  message.as = (key, make) => as(key, (text) => (made++, make(text)));
  for (const link of links) link.send(message);
  for (const client of clients) assert.equal((await client.next()).n, 1);
  assert.equal(made, adapter === "deno" ? 0 : 1);
});

eachAdapter("Bytes that a reader does not take are seen as unsent", async (adapter) => {
  await using server = await TestServer.startedOn(adapter);
  const { links } = watchLinks(server);
  using _raw = await rawV1(server);
  const [link] = await until(() => links.length > 0, "the link").then(() => links);
  const message = new SharedMessage("x".repeat(1_048_576));
  let sent = 0;
  await until(() => {
    assert.ok(++sent < 64, "the kernel took it all");
    link!.send(message);
    return link!.unsentBytes >= 4_194_304;
  }, "bytes that the kernel does not take");
  assert.equal(server.services.hub.links, 1);
});

eachAdapter("However a socket ends, its end is told exactly once", async (adapter) => {
  await using server = await TestServer.startedOn(adapter, {
    config: { wsIdleTimeoutS: 1 },
    times: BEATS,
  });
  const { links, left } = watchLinks(server);
  const byClient = server.connectV1();
  await byClient.next();
  byClient.socket.close(4321);
  const byServer = server.connectV1();
  await byServer.next();
  links[1]!.close(4108, "too slow");
  links[1]!.close(4005, "again");
  assert.deepEqual(await byServer.closed, { code: 4108, reason: "too slow" });
  const vanished = await rawV1(server);
  vanished[Symbol.dispose]();
  using deaf = await rawV1(server);
  await deaf.closeCode();
  await server.empty();
  assert.deepEqual(links.map((link) => left.get(link)), [1, 1, 1, 1]);
});

const BEATS = { heartbeatIntervalMs: 1_000, heartbeatTimeoutMs: 1_000 };

eachAdapter(
  "A peer that answers no ping is ended, one that answers stays (F-127, F-128)",
  async (adapter) => {
    const options = { config: { wsIdleTimeoutS: 1 }, times: BEATS };
    await using server = await TestServer.startedOn(adapter, options);
    const good = server.connectV1();
    await good.next();
    using deaf = await rawV1(server);
    await until(() => server.services.hub.links === 2, "both");
    const opcodes: number[] = [];
    for (let frame = await deaf.frame(); frame !== null; frame = await deaf.frame()) {
      opcodes.push(frame.opcode);
      if (frame.opcode === 8) break;
    }
    assert.ok(opcodes.includes(9), "a ping came first");
    await until(() => server.services.hub.links === 1, "the end of the deaf one");
    good.say({ op: "ping", id: 1 });
    assert.equal((await good.next(({ k }) => k === "ok")).id, 1);
  },
);

eachAdapter(
  "A peer that never answers a close is ended where the adapter can (M4)",
  async (adapter) => {
    await using server = await TestServer.startedOn(adapter, { times: { closeMs: 200 } });
    const { links } = watchLinks(server);
    using deaf = await rawV1(server);
    await until(() => links.length === 1, "the link");
    links[0]!.close(4005, "enough");
    if (DIFFERENCES[adapter].endsDeaf) {
      await until(() => server.services.admission.open.links === 0, "the end");
      assert.equal(await deaf.closeCode(), 4005);
    } else {
      assert.equal((await deaf.frame())!.opcode, 1);
      assert.equal((await deaf.frame())!.opcode, 8);
      assert.equal(server.services.admission.open.links, 1);
    }
  },
);
