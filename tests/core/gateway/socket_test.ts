import assert from "node:assert/strict";
import { startHubLoop } from "../../../core/gateway/hub_loop.ts";
import { Secret } from "../../../core/secret.ts";
import { MarketSnapshotSchema } from "../../../core/wire/snapshot_schema.ts";
import { cellsOf } from "../hub/world.ts";
import { RawClient } from "./raw_client.ts";
import { TestServer, until } from "./test_server.ts";

const TOKEN = "s3cret-token";

Deno.test("A v1 client gets hello, snapshots and then deltas", async () => {
  await using server = TestServer.started();
  const client = server.connectV1();
  assert.equal((await client.next()).k, "hello");
  assert.equal(client.socket.protocol, "vnstock.v1.json");
  client.say({ op: "sub", id: 1, c: ["board:vn30"] });
  const kinds = (await client.next()).map(({ k }: { k: string }) => k);
  assert.deepEqual(kinds, ["ok", "st", "s"]);
  server.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 9 }));
  server.tick();
  server.services.hub.tick(server.services.clock.nowMs() + 100);
  const { k, d } = await client.next();
  assert.deepEqual([k, d], ["d", [1, 16, 9]]);
});

Deno.test("A plain client gets a status and the market, and a change at once (F-104, F-162)", async () => {
  await using server = TestServer.started();
  const client = server.connect("/ws/market");
  assert.equal((await client.next()).type, "status");
  MarketSnapshotSchema.parse(await client.next());
  server.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 9 }));
  server.tick();
  server.services.hub.tick(server.services.clock.nowMs() + 1_000);
  const market = MarketSnapshotSchema.parse(await client.next());
  assert.equal(market.prices.FPT?.last, 9);
  assert.equal(client.socket.protocol, "");
});

Deno.test("The plain path speaks v1 to a client that offers it", async () => {
  await using server = TestServer.started();
  const client = server.connectV1("/ws/market");
  assert.equal((await client.next()).k, "hello");
});

const PLAIN_PATHS = ["/ws/market", "/ws/foreign", "/ws/index", "/ws/alerts", "/ws/stocks/FPT"];

Deno.test("Every plain address greets with a status, and speaks v1 to a client that offers it (F-104, F-105, F-106, F-107, F-108, F-146)", async () => {
  await using server = TestServer.started();
  for (const path of PLAIN_PATHS) {
    const plain = server.connect(path);
    assert.equal((await plain.next()).type, "status", path);
    assert.equal(plain.socket.protocol, "");
    const v1 = server.connectV1(path);
    assert.equal((await v1.next()).k, "hello", path);
    assert.equal(v1.socket.protocol, "vnstock.v1.json");
  }
  const { hub } = server.services;
  const metrics = hub.metrics();
  assert.deepEqual(
    ["market", "foreign", "index", "alerts", "stocks"].map((name) => metrics[`hub_links_${name}`]),
    [1, 1, 1, 1, 1],
  );
  assert.equal(metrics.hub_links_v1, 5);
});

Deno.test("One socket carries every channel, so that a page needs one place of its address and not four (B-37, F-147)", async () => {
  await using server = TestServer.started({ wsConnectionsPerIpMax: 1 });
  const client = server.connectV1();
  await client.next();
  const c = ["board:vn30", "index", "foreign", "volume", "flow", "derivatives", "alerts"];
  client.say({ op: "sub", id: 1, c: [...c, "stock:FPT"] });
  const frames = await client.next();
  const told = frames.map(({ k, c }: { k: string; c?: string }) => c ?? k);
  assert.deepEqual(told, ["ok", "st", ...[...c, "stock:FPT"].sort()]);
  assert.equal(server.services.admission.open.links, 1);
});

Deno.test("A ticker of the wrong form is answered by 400, an unknown one inside the socket by 1008 (F-108)", async () => {
  await using server = TestServer.started();
  for (const ticker of ["A-B", "%20", "ABCDEFGHIJKLMNOPQRSTU", "..%2f"]) {
    const response = await fetch(`http://127.0.0.1:${server.port}/ws/stocks/${ticker}`);
    assert.equal(response.status, 400, ticker);
    assert.equal((await response.json()).parameter, "ticker");
  }
  const unknown = server.connect("/ws/stocks/NOPE");
  assert.equal((await unknown.next()).type, "status");
  assert.equal((await unknown.next()).type, "error");
  assert.equal((await unknown.closed).code, 1008);
  const lower = server.connect("/ws/stocks/fpt");
  await lower.next();
  assert.equal((await lower.next()).ticker, "FPT");
});

Deno.test("Requests of the wrong form are answered by a problem, not by a socket", async () => {
  await using server = TestServer.started();
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
    assert.equal(response.headers.get("content-type"), "application/problem+json; charset=utf-8");
    const { code, parameter } = await response.json();
    return [response.status, code, parameter, response.headers.get("allow")];
  };
  assert.deepEqual(await ask("/ws"), [426, "UPGRADE_REQUIRED", undefined, null]);
  assert.deepEqual(await ask("/ws", { method: "POST" }), [
    405,
    "METHOD_NOT_ALLOWED",
    undefined,
    "GET",
  ]);
  assert.deepEqual(await ask("/ws?token=abc"), [400, "UNKNOWN_PARAMETER", "token", null]);
  for (const path of PLAIN_PATHS) {
    assert.deepEqual(await ask(`${path}?token=a`), [426, "UPGRADE_REQUIRED", undefined, null]);
  }
  assert.deepEqual(await ask("/ws/market?token=a&x=1"), [400, "UNKNOWN_PARAMETER", "x", null]);
});

Deno.test("Malformed or missing subprotocols are answered by 400, never by 500 (F-146, B-40)", async () => {
  await using server = TestServer.started();
  for (
    const header of [
      "a,vnstock.v1.json",
      "vnstock.v1.json,",
      "a b",
      "vnstock.v1.json,vnstock.v1.json",
    ]
  ) {
    using client = await RawClient.connect(server.port);
    const { status } = await client.upgrade("/ws/market", { "sec-websocket-protocol": header });
    assert.ok(status === 400 || status === 101 && !header.includes("v1"), `${header}: ${status}`);
  }
  using missing = await RawClient.connect(server.port);
  assert.equal((await missing.upgrade("/ws")).status, 400);
  using noKey = await RawClient.connect(server.port);
  assert.equal((await noKey.upgrade("/ws/market", { "sec-websocket-key": "" })).status, 400);
  // A socket that never opened holds no place.
  await until(() => server.services.admission.open.links === 0, "the places of failed sockets");
});

Deno.test("Another origin is refused with 403 before any socket opens, our own is not (F-157)", async () => {
  await using server = TestServer.started({ corsOrigins: ["https://ok.example.vn"] });
  const statusOf = async (origin: string) => {
    using client = await RawClient.connect(server.port);
    return (await client.upgrade("/ws/market", { origin })).status;
  };
  assert.equal(await statusOf("https://evil.io"), 403);
  assert.equal(await statusOf("null"), 403);
  assert.equal(await statusOf("http://board.test:8000"), 101);
  assert.equal(await statusOf("https://ok.example.vn"), 101);
  assert.equal(server.services.metrics().ws_admitted_total, 2);
});

Deno.test("One socket more than an address may have is told so and closed; the others stay (F-111, F-112, F-160, B-36)", async () => {
  await using server = TestServer.started({ wsConnectionsPerIpMax: 5 });
  const clients = Array.from({ length: 5 }, () => server.connect("/ws/market"));
  for (const client of clients) await client.next();
  const sixth = server.connect("/ws/market");
  assert.equal((await sixth.next()).code, "RATE_LIMITED");
  assert.equal((await sixth.closed).code, 1008);
  const sixthV1 = server.connectV1();
  assert.equal((await sixthV1.closed).code, 4009);
  assert.equal(server.services.admission.open.links, 5);
  clients[0]!.socket.close();
  await until(() => server.services.admission.open.links === 4, "a free place");
  assert.equal((await server.connect("/ws/market").next()).type, "status");
});

Deno.test("Form, origin, token and places are looked at in this order, and a refusal takes no place (F-113, F-160)", async () => {
  await using server = TestServer.started({
    wsAuthToken: new Secret(TOKEN),
    wsConnectionsPerIpMax: 1,
  });
  const { services } = server;
  const { admission, hub } = services;
  await server.connect(`/ws/market?token=${TOKEN}`).next();
  const upgrade = async (path: string, headers: Record<string, string> = {}) => {
    using client = await RawClient.connect(server.port);
    return (await client.upgrade(path, headers)).status;
  };
  const origin = "https://evil.io";
  assert.equal(await upgrade("/ws/market?x=1", { origin }), 400);
  assert.equal(services.metrics().ws_refused_origin_total, 0);
  assert.equal(await upgrade("/ws/market?token=wrong", { origin }), 403);
  assert.equal(services.metrics().ws_refused_token_total, 0);
  assert.equal((await server.connect("/ws/market?token=wrong").next()).code, "UNAUTHENTICATED");
  assert.equal(services.metrics().ws_refused_address_total, 0);
  const full = server.connect(`/ws/market?token=${TOKEN}`);
  assert.equal((await full.next()).code, "RATE_LIMITED");
  assert.equal((await full.closed).code, 1008);
  assert.deepEqual([admission.open.links, hub.links], [1, 1]);
});

Deno.test("A hundred and twenty sockets are each greeted, and one change reaches all of them at once (F-164, F-165, F-166)", async () => {
  await using server = TestServer.started();
  const loop = startHubLoop(server.services);
  const startMs = performance.now();
  const first = server.connectV1();
  await first.next();
  const greetedMs = performance.now() - startMs;
  const clients = Array.from({ length: 119 }, () => server.connectV1()).concat(first);
  for (const client of clients) {
    if (client !== first) await client.next();
    client.say({ op: "sub", id: 1, c: ["board:vn30"] });
    await client.next();
  }
  const changedMs = performance.now();
  server.publisher.put("stock", "FPT", cellsOf("stock", { last: 9 }));
  server.tick();
  for (const client of clients) assert.deepEqual((await client.next()).d, [1, 16, 9]);
  const tookMs = performance.now() - changedMs;
  console.log(`greeted in ${greetedMs.toFixed(1)} ms, all told in ${tookMs.toFixed(1)} ms`);
  loop.stop();
});

Deno.test("A socket that the client and the hub close at the same time is closed once and nothing is thrown (F-123)", async () => {
  await using server = TestServer.started();
  const clients = PLAIN_PATHS.map((path) => server.connect(path));
  for (const client of clients) await client.next();
  for (const client of clients) client.socket.close();
  server.services.hub.closeAll(() => 0);
  server.services.hub.closeAll(() => 0);
  for (const client of clients) await client.closed;
  await server.empty();
  assert.ok(!server.lines.some((line) => line.includes("error")), server.lines.join());
  const { ws_open, ws_held_seconds_total } = server.services.metrics();
  assert.deepEqual([ws_open, ws_held_seconds_total], [0, 0]);
});

Deno.test("A full server says so (F-148)", async () => {
  await using server = TestServer.started({ wsConnectionsMax: 1 });
  await server.connect("/ws/market").next();
  const second = server.connectV1();
  assert.equal((await second.next()).code, "UNAVAILABLE");
  assert.equal((await second.closed).code, 4113);
});

Deno.test("A binary message closes a v1 socket and means nothing to the plain contract (F-155, B-43)", async () => {
  await using server = TestServer.started();
  const [v1, plain] = [server.connectV1(), server.connect("/ws/market")];
  await v1.next();
  await plain.next();
  v1.socket.send(new Uint8Array([1, 2]));
  plain.socket.send(new Uint8Array([1, 2]));
  assert.equal((await v1.closed).code, 1003);
  plain.say("ping");
  await until(() => server.services.hub.links === 1, "only the plain client");
  assert.equal(plain.socket.readyState, WebSocket.OPEN);
});

Deno.test("A server that is stopping takes no new sockets", async () => {
  await using server = TestServer.started();
  server.services.isDraining = true;
  using client = await RawClient.connect(server.port);
  const { status, head } = await client.upgrade("/ws/market");
  assert.equal(status, 503);
  assert.match(head, /retry-after: \d/i);
});
