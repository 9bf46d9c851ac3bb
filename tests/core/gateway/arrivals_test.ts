import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Arrivals } from "../../../core/gateway/arrivals.ts";
import type { Door } from "../../../core/gateway/door.ts";
import { readUpgradeHead } from "../../../core/gateway/upgrade_head.ts";
import { WsServer } from "../../../core/gateway/ws_server.ts";
import { RawClient } from "./raw_client.ts";
import { rawFrame } from "./raw_frame.ts";
import { TestServer, testServices, until, WS_TIMES } from "./test_server.ts";

const LINES = [
  "GET /ws HTTP/1.1",
  "Host: board.test:8000",
  "Connection: keep-alive, Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  `Sec-WebSocket-Key: ${btoa("0123456789abcdef")}`,
  "Sec-WebSocket-Protocol: vnstock.v1.json",
] as const;
const headOf = (lines: readonly string[]) => Buffer.from([...lines, "", ""].join("\r\n"), "latin1");
const HEAD = headOf(LINES);
const PLAIN = headOf(["GET / HTTP/1.1", "Host: board.test", "Connection: close"]);
const PING = rawFrame({ opcode: 1, payload: new TextEncoder().encode('{"op":"ping","id":7}') });

/** The kinds of the frames that follow the answer, until a reply has come. */
async function greeted(client: RawClient): Promise<string[]> {
  const { status } = await client.head();
  assert.equal(status, 101);
  const kinds: string[] = [];
  while (kinds.at(-1) !== "ok") kinds.push(JSON.parse((await client.frame())!.text).k);
  return kinds;
}

Deno.test("A plain request to upgrade is read as it stands there", () => {
  const { method, url, headers } = readUpgradeHead(
    headOf([...LINES, "X-Empty:", "X-Wide: \t a b \t"]),
  )!;
  assert.deepEqual([method, url], ["GET", "/ws"]);
  assert.deepEqual({ ...headers }, {
    host: "board.test:8000",
    connection: "keep-alive, Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": btoa("0123456789abcdef"),
    "sec-websocket-protocol": "vnstock.v1.json",
    "x-empty": "",
    "x-wide": "a b",
  });
});

Deno.test("Whatever is unusual in a request is left to node:http", () => {
  const [first, host, connection, upgrade, ...rest] = LINES;
  const cases: Readonly<Record<string, Uint8Array>> = {
    "half of it": HEAD.subarray(0, 60),
    "something behind it": Buffer.concat([HEAD, PING]),
    "two requests": Buffer.concat([HEAD, HEAD]),
    "another method": headOf(["POST /ws HTTP/1.1", ...LINES.slice(1)]),
    "an older version": headOf(["GET /ws HTTP/1.0", ...LINES.slice(1)]),
    "an absolute address": headOf(["GET http://a/ws HTTP/1.1", ...LINES.slice(1)]),
    "a letter that is none in an address": headOf(["GET /w\u00e9 HTTP/1.1", ...LINES.slice(1)]),
    "no host": headOf([first, connection, upgrade, ...rest]),
    "no upgrade": headOf([first, host, connection, ...rest]),
    "a connection that stays": headOf([first, host, "Connection: upgraded", upgrade, ...rest]),
    "a header twice": headOf([...LINES, "HOST: other.test"]),
    "a header over two lines": headOf([...LINES, "X: a", " b"]),
    "a space before the colon": headOf([...LINES, "X : a"]),
    "no name": headOf([...LINES, ": a"]),
    "no colon": headOf([...LINES, "X"]),
    "a line of its own": headOf([...LINES, "X: a\nY: b"]),
    "a control character": headOf([...LINES, "X: \u0001"]),
    "a letter that is not ASCII": headOf([...LINES, "X: \u00ff"]),
    "very many headers": headOf([...LINES, ...Array.from({ length: 65 }, (_, i) => `X-${i}: a`)]),
    "a body": headOf([...LINES, "Content-Length: 0"]),
    "a body in chunks": headOf([...LINES, "Transfer-Encoding: chunked"]),
    "something expected": headOf([...LINES, "Expect: 100-continue"]),
  };
  for (const [what, bytes] of Object.entries(cases)) {
    assert.equal(readUpgradeHead(Buffer.from(bytes)), null, what);
  }
});

Deno.test("A request that comes in pieces or with a message right behind it is served", async () => {
  await using server = await TestServer.startedOn("ws");
  const silent = () => server.socketFigures().gateway_silent;
  for (const cut of [1, 20, HEAD.length - 1, HEAD.length]) {
    using client = await RawClient.connect(server.port);
    await until(() => silent() === 1, "the connection");
    await client.write(HEAD.subarray(0, cut));
    await until(() => silent() === 0, "its first bytes or its time");
    await client.write(HEAD.subarray(cut));
    await client.write(PING);
    assert.deepEqual(await greeted(client), ["hello", "ok"], `cut at ${cut}`);
  }
  using client = await RawClient.connect(server.port);
  await client.write(Buffer.concat([HEAD, PING]));
  assert.deepEqual(await greeted(client), ["hello", "ok"]);
});

/** A server whose door answers nobody before it is told to. */
async function withSlowDoor() {
  const { services } = testServices();
  const asked = { knocks: 0 };
  const opened = Promise.withResolvers<void>();
  const door: Door = {
    async admit(knock) {
      asked.knocks++;
      await opened.promise;
      return services.admission.admit(knock);
    },
    isValidToken: () => true,
  };
  const options = { ...WS_TIMES, hostname: "127.0.0.1", port: 0, pagesPort: 8000, hosts: null };
  const { hub, clock, log } = services;
  const server = await WsServer.listen(options, { hub, clock, log, door, isDraining: false });
  return { server, services, asked, openDoor: opened.resolve };
}

Deno.test("What a client says while the door is asked is taken afterwards, and too much of it ends it", async () => {
  const { server, asked, openDoor } = await withSlowDoor();
  try {
    using client = await RawClient.connect(server.port);
    await client.write(HEAD);
    await until(() => asked.knocks === 1, "a knock");
    await client.write(PING);
    using talker = await RawClient.connect(server.port);
    await talker.write(HEAD);
    await until(() => asked.knocks === 2, "another knock");
    await talker.write(new Uint8Array(20_000));
    assert.equal(await talker.frame(), null);
    openDoor();
    assert.deepEqual(await greeted(client), ["hello", "ok"]);
  } finally {
    await server.close();
  }
});

Deno.test("A server that closes waits neither for the door nor for those who wait for it", async () => {
  const { server, services, asked, openDoor } = await withSlowDoor();
  using whole = await RawClient.connect(server.port);
  await whole.write(HEAD);
  using pieces = await RawClient.connect(server.port);
  await pieces.write(HEAD.subarray(0, 60));
  await until(() => server.metrics().gateway_silent === 0, "the first piece");
  await pieces.write(HEAD.subarray(60));
  using plain = await RawClient.connect(server.port);
  await plain.write(headOf(LINES.filter((line) => !line.startsWith("Connection"))));
  await until(() => asked.knocks === 3, "a knock of each");
  let isClosed = false;
  void server.close().then(() => isClosed = true);
  await until(() => isClosed, "the server to be closed");
  for (const client of [whole, pieces, plain]) assert.equal(await client.frame(), null);
  openDoor();
  const { admission } = services;
  await until(() => admission.metrics().ws_admitted_total === 3, "the door's answers");
  await until(() => admission.open.links === 0, "the places of those who are gone");
});

Deno.test("Who says nothing for a while is served all the same, and who leaves is forgotten", async () => {
  await using server = await TestServer.startedOn("ws");
  const silent = () => server.socketFigures().gateway_silent;
  using waiting = await RawClient.connect(server.port);
  {
    using _leaving = await RawClient.connect(server.port);
    await until(() => silent() === 2, "both connections");
  }
  await until(() => silent() === 0, "its first bytes or its time");
  await waiting.write(HEAD);
  await waiting.write(PING);
  assert.deepEqual(await greeted(waiting), ["hello", "ok"]);
});

Deno.test("However many pieces a request comes in, and however fast, none is lost or overtaken", async () => {
  await using server = await TestServer.startedOn("ws");
  for (let round = 0; round < 20; round++) {
    const clients = await Promise.all(
      Array.from({ length: 20 }, () => RawClient.connect(server.port)),
    );
    const statuses = await Promise.all(clients.map(async (client) => {
      for (let at = 0; at < HEAD.length; at += 7) await client.write(HEAD.subarray(at, at + 7));
      return (await client.head()).status;
    }));
    for (const client of clients) client[Symbol.dispose]();
    assert.deepEqual(new Set(statuses), new Set([101]));
  }
});

Deno.test("Who ends without a word is ended before any beat, and who asked first is answered", async () => {
  const server = createServer((_, to) => to.end("heard"));
  const arrivals = new Arrivals(server, 16_384, (_, socket) => socket.end("HTTP/1.1 204\r\n\r\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    for (const [said, wanted] of [[HEAD, 204], [PLAIN, 200]] as const) {
      using client = await RawClient.connect(port);
      await client.write(said);
      await client.endWriting();
      assert.equal((await client.head()).status, wanted);
    }
    using client = await RawClient.connect(port);
    await client.endWriting();
    let isEnded = false;
    void client.frame().then((frame) => isEnded = frame === null);
    await until(() => isEnded, "the end of who said nothing");
  } finally {
    arrivals.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
