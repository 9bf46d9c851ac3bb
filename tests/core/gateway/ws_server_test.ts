import assert from "node:assert/strict";
import { RawClient } from "./raw_client.ts";
import { TestServer } from "./test_server.ts";

/** Heads of requests that make no sensible request, and what may answer them. */
const HEADS: readonly (readonly [head: string, statuses: readonly number[]])[] = [
  ["GET /ws HTTP/1.1\r\nhost: user:secret@board.test\r\n", [400]],
  ["GET /ws HTTP/1.1\r\nhost: [::1\r\n", [400]],
  ["GET /ws HTTP/1.1\r\nhost: a b\r\n", [400]],
  ["GET /ws HTTP/1.1\r\n", [400]],
  ["GET /y HTTP/1.1\r\nhost: board.test/ws?\r\n", [400]],
  ["GET http://evil.test/ws HTTP/1.1\r\nhost: board.test\r\n", [400, 404]],
  ["GET //ws HTTP/1.1\r\nhost: board.test\r\n", [404]],
  ["GET /ws/stocks/%ff HTTP/1.1\r\nhost: board.test\r\n", [400]],
  ["TRACE /ws HTTP/1.1\r\nhost: board.test\r\n", [405]],
  ["GET /ws HTTP/1.1\r\nhost: board.test\r\nx: \u0001\u0000\r\n", [400]],
  ["GET /ws HTTP/1.1\r\nhost: board.test\r\nx: \u00ff\u00fe\r\n", [101]],
  [`GET /ws HTTP/1.1\r\nhost: board.test\r\nx: ${"y".repeat(20_000)}\r\n`, [431]],
  ["BREW /ws HTTP/1.1\r\nhost: board.test\r\n", [400, 405]],
];
const UPGRADE = "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n" +
  `sec-websocket-key: ${btoa("0123456789abcdef")}\r\nsec-websocket-protocol: vnstock.v1.json\r\n`;

Deno.test("Whatever the head of a request says, it is answered and the server goes on", async () => {
  await using server = await TestServer.startedOn("ws");
  for (const [head, statuses] of HEADS) {
    for (const rest of ["\r\n", `${UPGRADE}\r\n`]) {
      using raw = await RawClient.connect(server.port);
      await raw.write(Uint8Array.from(head + rest, (letter) => letter.charCodeAt(0)));
      const { status } = await raw.head();
      // Asked without an upgrade it is told to ask for one.
      const isFine = statuses.includes(status) || rest === "\r\n" && status === 426;
      assert.ok(isFine, `${JSON.stringify(head.slice(0, 80))}: ${status}`);
    }
  }
  assert.equal((await server.connectV1().next()).k, "hello");
  const failures = server.lines.filter((line) => line.includes("request_failed"));
  assert.deepEqual(failures, []);
});

Deno.test("A gateway serves sockets and the sign of life, and nothing else", async () => {
  await using server = await TestServer.startedOn("ws");
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      text: await response.text(),
    };
  };
  assert.deepEqual((await ask("/livez")).status, 200);
  for (const path of ["/", "/api/market/snapshot", "/ws/", "/metrics"]) {
    const { status, type, text } = await ask(path);
    assert.equal(status, 404, path);
    assert.match(type!, /^application\/problem\+json/);
    assert.equal(JSON.parse(text).code, "NOT_FOUND");
  }
  assert.equal((await ask("/ws")).status, 426);
});

Deno.test("A server for its own machine answers to no other name", async () => {
  await using server = await TestServer.startedOn("ws", { times: { hosts: ["board.vn"] } });
  for (
    const [host, status] of [["evil.test", 421], ["board.vn", 101], ["127.0.0.1", 101]] as const
  ) {
    using raw = await RawClient.connect(server.port);
    const headers = { host, "sec-websocket-protocol": "vnstock.v1.json" };
    assert.equal((await raw.upgrade("/ws", headers)).status, status, host);
  }
});

Deno.test("Connections beyond the limit are not taken", async () => {
  await using server = await TestServer.startedOn("ws", { times: { connectionsMax: 2 } });
  const headers = { "sec-websocket-protocol": "vnstock.v1.json" };
  using first = await RawClient.connect(server.port);
  using second = await RawClient.connect(server.port);
  assert.equal((await first.upgrade("/ws", headers)).status, 101);
  assert.equal((await second.upgrade("/ws", headers)).status, 101);
  using third = await RawClient.connect(server.port);
  assert.equal(await third.frame(), null);
});
