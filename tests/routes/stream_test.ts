import assert from "node:assert/strict";
import { startHubLoop } from "../../core/gateway/hub_loop.ts";
import { REST_BURST } from "../../core/gateway/rate_limit.ts";
import type { ServeConfig } from "../../core/gateway/services.ts";
import { Secret } from "../../core/secret.ts";
import { until } from "../core/gateway/test_server.ts";
import { cellsOf } from "../core/hub/world.ts";
import { testApp } from "./app_fixture.ts";
import { EventReader } from "./event_reader.ts";

const STREAM = "/api/stream/board:vn30";

/** The application on a port, with data in it. */
class StreamServer implements AsyncDisposable {
  readonly app: ReturnType<typeof testApp>;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(config: Partial<ServeConfig> = {}) {
    this.app = testApp(config);
    this.app.start();
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      this.app.handler,
    );
  }

  get port(): number {
    return this.#server.addr.port;
  }

  get(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${path}`, init);
  }

  async open(path: string, init?: RequestInit): Promise<EventReader> {
    const response = await this.get(path, init);
    assert.equal(response.status, 200);
    return new EventReader(response);
  }

  change(last: number): void {
    const { publisher, services } = this.app;
    publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last }));
    services.hub.apply(publisher.tick(1)!, services.clock.nowMs() + last * 1_000);
  }

  async empty(): Promise<void> {
    const { hub, admission } = this.app.services;
    await until(() => hub.links + admission.open.links + admission.open.refused === 0, "no client");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.empty();
    await this.#server.shutdown();
  }
}

Deno.test("A channel is a stream of events that anybody can read, and a change follows (N-26)", async () => {
  await using server = new StreamServer();
  const response = await server.get(STREAM);
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
  const reader = new EventReader(response);
  const events = [];
  for (let i = 0; i < 4; i++) events.push((await reader.next())!);
  assert.deepEqual(events.map(({ event }) => event), ["hello", "ok", "st", "s"]);
  const snapshot = JSON.parse(events[3]!.data!);
  assert.deepEqual(snapshot.y, ["ACB", "FPT", "VNM"]);
  assert.deepEqual(events.map(({ id }) => id), [
    undefined,
    undefined,
    undefined,
    `${snapshot.e}/${snapshot.s}`,
  ]);
  server.change(9);
  const delta = await reader.until("d");
  assert.deepEqual(JSON.parse(delta.data!).d, [1, 16, 9]);
  assert.equal(delta.id, `${snapshot.e}/${snapshot.s + 1}`);
  await reader.leave();
});

Deno.test("A reader that comes back goes on from its last event, by header or query", async () => {
  await using server = new StreamServer();
  const first = await server.open(STREAM);
  const id = (await first.until("s")).id!;
  await first.leave();
  await server.empty();
  server.change(9);
  const ways: [string, RequestInit][] = [
    [STREAM, { headers: { "last-event-id": id } }],
    [`${STREAM}?lastEventId=${encodeURIComponent(id)}`, {}],
  ];
  for (const [path, init] of ways) {
    const reader = await server.open(path, init);
    assert.equal((await reader.until("st")).event, "st");
    assert.equal((await reader.next())!.event, "d");
    await reader.leave();
  }
});

Deno.test("Readers of one channel get the same bytes, made once", async () => {
  await using server = new StreamServer();
  const readers = [await server.open(STREAM), await server.open(STREAM)];
  for (const reader of readers) await reader.until("s");
  const before = server.app.services.metrics().hub_frames_built_total!;
  server.change(9);
  const [one, two] = await Promise.all(readers.map((reader) => reader.until("d")));
  assert.deepEqual(one, two);
  assert.equal(server.app.services.metrics().hub_frames_built_total! - before, 1);
  for (const reader of readers) await reader.leave();
});

Deno.test("A rate and rows can be picked", async () => {
  await using server = new StreamServer();
  const reader = await server.open(`${STREAM}?rate=500&syms=VNM,FPT`);
  assert.equal(JSON.parse((await reader.until("ok")).data!).rate, 500);
  assert.deepEqual(JSON.parse((await reader.until("s")).data!).y, ["FPT", "VNM"]);
  await reader.leave();
});

Deno.test("A stream takes a place of its address until its client is gone, and is refused without one", async () => {
  await using server = new StreamServer({ wsConnectionsPerIpMax: 1 });
  const reader = await server.open(STREAM);
  assert.equal(server.app.services.admission.open.links, 1);
  const second = await server.get(STREAM);
  assert.deepEqual([second.status, second.headers.get("retry-after")], [429, "5"]);
  assert.equal((await second.json()).code, "RATE_LIMITED");
  await reader.leave();
  await server.empty();
  await (await server.open(STREAM)).leave();
});

Deno.test("A full server, another origin and a missing token are refused as problems", async () => {
  await using full = new StreamServer({ wsConnectionsMax: 0 });
  const refused = await full.get(STREAM);
  assert.deepEqual([refused.status, (await refused.json()).code], [503, "UNAVAILABLE"]);
  const other = await full.get(STREAM, { headers: { origin: "https://evil.io" } });
  assert.deepEqual([other.status, (await other.json()).code], [403, "FORBIDDEN_ORIGIN"]);
  await using guarded = new StreamServer({ wsAuthToken: new Secret("a.long-token_1") });
  const stranger = await guarded.get(STREAM);
  assert.deepEqual([stranger.status, (await stranger.json()).code], [401, "UNAUTHENTICATED"]);
  await (await guarded.open(`${STREAM}?token=a.long-token_1`)).leave();
});

Deno.test("A server that stops says so on every stream, with when to come back, and ends it", async () => {
  await using server = new StreamServer();
  const loop = startHubLoop(server.app.services);
  const reader = await server.open(STREAM);
  await reader.until("s");
  loop.stop();
  const bye = await reader.until("bye");
  assert.equal(bye.retry, String(JSON.parse(bye.data!).after));
  assert.equal(await reader.next(), null);
  const late = await server.get(STREAM);
  assert.deepEqual([late.status, (await late.json()).code], [503, "UNAVAILABLE"]);
});

Deno.test("A reader that takes nothing is held back, then closed, and gives its place back", async () => {
  await using server = new StreamServer();
  const { publisher, services } = server.app;
  const nowMs = services.clock.nowMs();
  const symbols = Array.from({ length: 4_000 }, (_, i) => `S${i}`);
  using client = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
  const request = "GET /api/stream/board:extra HTTP/1.1\r\nhost: localhost\r\n\r\n";
  await client.write(new TextEncoder().encode(request));
  await until(() => services.hub.links === 1, "the link");
  let epochs = 0;
  await until(() => {
    // Each epoch is a snapshot of about a megabyte.
    publisher.setRows({ "board:extra": symbols }, `e${epochs++}`);
    services.hub.apply(publisher.tick(nowMs)!, nowMs + epochs * 1_000);
    return services.metrics().hub_conflated_total! > 0;
  }, "unsent bytes");
  assert.equal(services.admission.open.links, 1);
  services.hub.tick(nowMs + 86_400_000);
  assert.equal(services.metrics().hub_closed_slow_total, 1);
  assert.deepEqual([services.hub.links, services.admission.open.links], [0, 0]);
});

Deno.test("What is no stream is refused with the wanted form, and the headers alone open none", async () => {
  const app = testApp();
  app.start();
  const cases: [string, RequestInit, number, string][] = [
    ["/api/stream/no:such", {}, 404, "NOT_FOUND"],
    ["/api/stream/stock:NONE", {}, 404, "NOT_FOUND"],
    [`${STREAM}?rate=99`, {}, 400, "BAD_PARAMETER"],
    [`${STREAM}?syms=a%20b`, {}, 400, "BAD_PARAMETER"],
    [`${STREAM}?lastEventId=e1`, {}, 400, "BAD_PARAMETER"],
    [`${STREAM}?since=1`, {}, 400, "UNKNOWN_PARAMETER"],
    [STREAM, { headers: { "last-event-id": "e1/x" } }, 400, "BAD_PARAMETER"],
    [STREAM, { method: "POST" }, 405, "METHOD_NOT_ALLOWED"],
  ];
  for (const [path, init, status, code] of cases) {
    const response = await app.ask(path, init);
    assert.deepEqual([response.status, (await response.json()).code], [status, code], path);
  }
  const head = await app.ask(STREAM, { method: "HEAD" });
  assert.match(head.headers.get("content-type")!, /^text\/event-stream/);
  assert.equal(app.services.metrics().ws_admitted_total, 0);
});

Deno.test("Streams count as requests of their address", async () => {
  const app = testApp({ wsConnectionsMax: 0 });
  app.start();
  const statuses: number[] = [];
  for (let i = 0; i <= REST_BURST; i++) {
    statuses.push((await app.askFrom("203.0.113.7", STREAM)).status);
  }
  assert.deepEqual(statuses.slice(-2), [503, 429]);
});
