import assert from "node:assert/strict";
import { setOutDir } from "../../../core/fresh/app.ts";
import { App, HttpError, type Middleware } from "../../../core/fresh/mod.ts";
import { ask } from "./site_fixture.ts";

interface State {
  trail: string[];
}

function leaves(name: string): Middleware<State> {
  return async (ctx) => {
    (ctx.state.trail ??= []).push(`${name} in`);
    const response = await ctx.next();
    ctx.state.trail.push(`${name} out`);
    return response;
  };
}

Deno.test("Middlewares run outer first and see the answer on the way back", async () => {
  let trail: string[] = [];
  const app = new App<State>()
    .use(async (ctx) => {
      const response = await ctx.next();
      trail = ctx.state.trail;
      return response;
    })
    .use(leaves("a"), leaves("b"))
    .use("/sub", leaves("sub"))
    .get("/sub/page", leaves("own"), () => new Response("ok"));
  assert.equal(await (await ask(app.handler(), "/sub/page")).text(), "ok");
  assert.deepEqual(trail, [
    ...["a in", "b in", "sub in", "own in"],
    ...["own out", "sub out", "b out", "a out"],
  ]);
});

Deno.test("A middleware used after a route, or for another path, does not run for it", async () => {
  const never = () => Promise.reject(new Error("ran"));
  const app = new App<State>().use("/other", never).get("/x", () => new Response("ok")).use(never);
  assert.equal((await ask(app.handler(), "/x")).status, 200);
});

Deno.test("Every method is answered by its own handler and the rest by 405 with Allow", async () => {
  const say = (text: string) => () => new Response(text);
  const app = new App<State>()
    .get("/x", say("get")).post("/x", say("post")).put("/x", say("put"))
    .patch("/x", say("patch")).delete("/y", say("delete")).all("/z", say("all"));
  const handler = app.handler();
  for (const method of ["GET", "POST", "PUT", "PATCH"]) {
    assert.equal(await (await ask(handler, "/x", { method })).text(), method.toLowerCase());
  }
  const refused = await ask(handler, "/x", { method: "DELETE" });
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.get("allow"), "GET, POST, PUT, PATCH, HEAD, OPTIONS");
  assert.equal(await refused.text(), "Method Not Allowed");
  assert.equal((await ask(handler, "/z", { method: "PROPFIND" })).status, 405);
  assert.equal(await (await ask(handler, "/z", { method: "DELETE" })).text(), "all");
  const options = await ask(handler, "/y", { method: "OPTIONS" });
  assert.deepEqual([options.status, options.headers.get("allow")], [204, "DELETE, OPTIONS"]);
});

Deno.test("HEAD is GET without its body", async () => {
  const headers = { "x-facts": "kept" };
  const app = new App<State>().get("/x", () => new Response("long", { headers }));
  const response = await ask(app.handler(), "/x", { method: "HEAD" });
  assert.deepEqual([response.status, await response.text()], [200, ""]);
  assert.equal(response.headers.get("x-facts"), "kept");
});

Deno.test("Parameters are decoded, the pattern is told, and words win over parameters", async () => {
  const app = new App<State>()
    .get("/s/:symbol", ({ params, route }) => Response.json({ params, route }))
    .get("/s/all", () => new Response("word"))
    .get("/files/:path*", ({ params }) => Response.json(params));
  const handler = app.handler();
  assert.deepEqual(await (await ask(handler, "/s/V%E1%BB%91n%2F1")).json(), {
    params: { symbol: "Vốn/1" },
    route: "/s/:symbol",
  });
  assert.equal(await (await ask(handler, "/s/all")).text(), "word");
  assert.deepEqual(await (await ask(handler, "/files/a/b.c")).json(), { path: "a/b.c" });
  assert.deepEqual(await (await ask(handler, "/files")).json(), {});
});

Deno.test("A broken percent sign is the client's fault", async () => {
  const app = new App<State>().get("/s/:symbol", () => new Response("ok"));
  assert.equal((await ask(app.handler(), "/s/%E1%")).status, 400);
});

Deno.test("An application without routes answers 404", async () => {
  const response = await ask(new App().handler(), "/");
  assert.deepEqual([response.status, await response.text()], [404, "Not Found"]);
});

Deno.test("Double slashes in an address are one", async () => {
  const app = new App<State>().get("/a/b", ({ url }) => new Response(url.pathname));
  assert.equal(await (await ask(app.handler(), "//a///b")).text(), "/a/b");
});

Deno.test("A thrown HttpError is its status; its message is shown only below 500", async () => {
  const app = new App<State>()
    .get("/gone", () => Promise.reject(new HttpError(410, "Delisted")))
    .get("/busy", () => Promise.reject(new HttpError(503, "db-7 is down")));
  const gone = await ask(app.handler(), "/gone");
  assert.deepEqual([gone.status, await gone.text()], [410, "Delisted"]);
  const busy = await ask(app.handler(), "/busy");
  assert.deepEqual([busy.status, await busy.text()], [503, "Service Unavailable"]);
});

Deno.test("A defect that no error page handles reaches the server's onError, and no stack the client", async () => {
  const defect = new Error("boom at price.ts");
  const app = new App<State>().get("/", () => Promise.reject(defect));
  await assert.rejects(ask(app.handler(), "/"), defect);
  const heard: unknown[] = [];
  await using server = Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    onListen() {},
    onError(error) {
      heard.push(error);
      return new Response("Internal Server Error", { status: 500 });
    },
  }, app.handler());
  const response = await fetch(`http://127.0.0.1:${server.addr.port}/`);
  assert.deepEqual([response.status, await response.text()], [500, "Internal Server Error"]);
  assert.deepEqual(heard, [defect]);
});

Deno.test("A handler that returns no Response is a defect with its address", async () => {
  const app = new App<State>().get("/x", () => undefined as unknown as Response);
  await assert.rejects(ask(app.handler(), "/x"), /Cannot answer \/x/);
});

Deno.test("An HttpError wants a status that is an error", () => {
  assert.throws(() => new HttpError(200), RangeError);
});

Deno.test("File routes without a build fail with one line that says what to run", () => {
  const app = new App().fsRoutes();
  setOutDir(app, "no/such/build");
  assert.throws(
    () => app.handler(),
    /^Error: Cannot serve file routes: \S+manifest\.json is missing, run "deno task build" first$/,
  );
});

Deno.test("Listening on a port that is taken rejects", async () => {
  await using taken = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response(),
  );
  const listening = new App().listen({ port: taken.addr.port, hostname: "127.0.0.1" });
  await assert.rejects(listening, Deno.errors.AddrInUse);
});
