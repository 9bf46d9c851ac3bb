import assert from "node:assert/strict";
import { LOG_MAX } from "../../core/wire/log.ts";
import type { ErrorFrame, LogFrame, ServerFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { alertOf, cellsOf } from "../core/hub/world.ts";
import { testApp } from "./app_fixture.ts";

type App = ReturnType<typeof testApp>;

async function framesOf(app: App, path: string): Promise<ServerFrame[]> {
  const response = await app.ask(path);
  assert.equal(response.status, 200, path);
  assert.equal(response.headers.get("content-type"), "application/json; charset=utf-8");
  assert.equal(response.headers.get("cache-control"), "no-store");
  return (await response.json()).frames;
}

function kinds(frames: readonly ServerFrame[]): string[] {
  return frames.map(({ k }) => k);
}

function startedApp(): App {
  const app = testApp();
  app.start();
  return app;
}

/** Changes one cell, and says the position before it. */
function change(app: App, last: number): string {
  const { epoch, seq } = app.services.hub.view();
  app.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last }));
  app.services.hub.apply(app.publisher.tick(1)!, 1);
  return `${epoch}/${seq}`;
}

Deno.test("A channel answers with its snapshot, and from a position with the delta since (N-26)", async () => {
  const app = startedApp();
  const first = await framesOf(app, "/api/channels/board:vn30");
  assert.deepEqual(kinds(first), ["hello", "ok", "st", "s"]);
  const { e, s, y } = first[3] as SnapshotFrame;
  assert.deepEqual(y, ["ACB", "FPT", "VNM"]);
  assert.deepEqual(kinds(await framesOf(app, `/api/channels/board:vn30?e=${e}&s=${s}`)), [
    "ok",
    "st",
  ]);
  change(app, 9);
  const since = await framesOf(app, `/api/channels/board:vn30?e=${e}&s=${s}`);
  assert.deepEqual(since.slice(2), [
    {
      k: "d",
      c: "board:vn30",
      e,
      p: s,
      s: s + 1,
      t: (since[2] as { t: unknown }).t,
      d: [1, 16, 9],
    },
  ]);
  const strange = await framesOf(app, `/api/channels/board:vn30?e=other&s=${s}`);
  assert.deepEqual(kinds(strange), ["ok", "st", "s"]);
});

Deno.test("A log answers with its entries, and says what is no longer kept (N-26)", async () => {
  const app = startedApp();
  app.publisher.append({ name: "alerts", from: 0, entries: [alertOf(1), alertOf(2)] });
  app.services.hub.apply(app.publisher.tick(1)!, 1);
  const { epoch } = app.services.hub.view();
  const all = (await framesOf(app, "/api/channels/alerts")).at(-1);
  assert.deepEqual(all, {
    k: "a",
    c: "alerts",
    e: epoch,
    p: 0,
    s: 2,
    list: [alertOf(1), alertOf(2)],
  });
  const since = (await framesOf(app, `/api/channels/alerts?e=${epoch}&s=1`)).at(-1);
  assert.deepEqual(since, { k: "a", c: "alerts", e: epoch, p: 1, s: 2, list: [alertOf(2)] });
  const more = Array.from({ length: LOG_MAX.alerts }, (_, i) => alertOf(i + 3));
  app.publisher.append({ name: "alerts", from: 2, entries: more });
  app.services.hub.apply(app.publisher.tick(1)!, 1);
  const gap = await framesOf(app, `/api/channels/alerts?e=${epoch}&s=1`);
  assert.deepEqual(kinds(gap), ["ok", "st", "err", "a"]);
  assert.equal((gap[2] as ErrorFrame).code, "GAP");
  assert.equal((gap[3] as LogFrame).list.length, LOG_MAX.alerts);
});

Deno.test("Several channels answer at once, each from its own position; what is none is told of beside them", async () => {
  const app = startedApp();
  const position = change(app, 9);
  const from = encodeURIComponent(`board:vn30@${position}`);
  const frames = await framesOf(app, `/api/channels?c=board:vn30,index,no:such&from=${from}`);
  assert.deepEqual(kinds(frames), ["hello", "err", "st", "d", "s"]);
  assert.deepEqual((frames[1] as ErrorFrame).c, ["no:such"]);
  const both = `${from},${encodeURIComponent(`index@${position}`)}`;
  assert.deepEqual(kinds(await framesOf(app, `/api/channels?c=board:vn30,index&from=${both}`)), [
    "ok",
    "st",
    "d",
  ]);
});

Deno.test("Rows can be picked by symbol", async () => {
  const app = startedApp();
  const snapshot = (await framesOf(app, "/api/channels/board:vn30?syms=VNM,ACB")).at(-1);
  assert.deepEqual((snapshot as SnapshotFrame).y, ["ACB", "VNM"]);
});

Deno.test("Before the first data a channel has only the state of the feed", async () => {
  assert.deepEqual(kinds(await framesOf(testApp(), "/api/channels/index")), ["hello", "ok", "st"]);
});

Deno.test("What cannot be answered says why, and leaves no client behind", async () => {
  const app = startedApp();
  const many = Array.from({ length: 64 }, (_, i) => `stock:T${i}${"0".repeat(12)}`);
  const positions = many.map((name) => `${name}@${"e".repeat(64)}/1`);
  const cases: [string, number, string][] = [
    ["/api/channels/no:such", 404, "NOT_FOUND"],
    ["/api/channels/stock:NONE", 404, "NOT_FOUND"],
    ["/api/channels/index?e=e1", 400, "BAD_PARAMETER"],
    ["/api/channels/index?s=1", 400, "BAD_PARAMETER"],
    ["/api/channels/index?e=e1&s=-1", 400, "BAD_PARAMETER"],
    ["/api/channels/index?e=a/b&s=1", 400, "BAD_PARAMETER"],
    ["/api/channels/index?syms=", 400, "BAD_PARAMETER"],
    ["/api/channels/index?rate=500", 400, "UNKNOWN_PARAMETER"],
    ["/api/channels", 400, "BAD_PARAMETER"],
    ["/api/channels?c=a%20b", 400, "BAD_PARAMETER"],
    [`/api/channels?c=${many.join()},index`, 400, "BAD_PARAMETER"],
    ["/api/channels?c=index&from=index@e1", 400, "BAD_PARAMETER"],
    ["/api/channels?c=index&from=index@e1/x", 400, "BAD_PARAMETER"],
    [`/api/channels?c=${many.join()}&from=${positions.join()}`, 400, "BAD_REQUEST"],
  ];
  for (const [path, status, code] of cases) {
    const response = await app.ask(path);
    const problem = await response.json();
    assert.deepEqual([response.status, problem.code], [status, code], path);
    if (status === 400) assert.ok(problem.parameter && problem.wanted, path);
  }
  assert.equal((await app.ask("/api/channels/index", { method: "POST" })).status, 405);
  assert.equal((await app.ask("/api/channels/index", { method: "HEAD" })).status, 200);
  assert.equal(app.services.hub.links, 0);
});
