import assert from "node:assert/strict";
import { App, cors, csp, csrf, staticFiles } from "../../../core/fresh/mod.ts";
import { ask, buildSite } from "./site_fixture.ts";

/** Opens a socket, sends one text and gives the answer after both sides closed. */
async function exchange(url: string, protocols: string[] = []): Promise<[string, string]> {
  const socket = new WebSocket(url, protocols);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const closed = new Promise<void>((done) => socket.onclose = () => done());
  socket.onerror = () => reject(new Error(`No socket at ${url}`));
  socket.onopen = () => socket.send("ping");
  socket.onmessage = ({ data }) => resolve(data);
  const answer = await promise;
  const { protocol } = socket;
  socket.close(1000, "done");
  await closed;
  return [answer, protocol];
}

function serve(handler: ReturnType<App<unknown>["handler"]>) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, handler);
  return {
    base: `ws://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("A socket opens through every middleware, which see the 101 as it is", async () => {
  const seen: number[] = [];
  const events: string[] = [];
  const over = Promise.withResolvers<void>();
  const app = new App()
    .use(csp({ useNonce: true }), cors(), csrf(), staticFiles())
    .use(async (ctx) => {
      const response = await ctx.next();
      seen.push(response.status);
      response.headers.set("x-request-id", "1");
      return response;
    })
    .get("/managed", (ctx) =>
      ctx.upgrade({
        open: () => events.push("open"),
        message: (socket, event) => socket.send(`managed ${event.data}`),
        close: (_socket, code, reason) => {
          events.push(`close ${code} ${reason}`);
          over.resolve();
        },
      }, { protocol: "v1" }))
    .get("/bare", (ctx) => {
      const { socket, response } = ctx.upgrade();
      socket.onmessage = (event) => socket.send(`bare ${event.data}`);
      return response;
    });
  await using server = serve(app.handler());
  assert.deepEqual(await exchange(`${server.base}/managed`, ["v1"]), ["managed ping", "v1"]);
  await over.promise;
  assert.deepEqual(events, ["open", "close 1000 done"]);
  assert.deepEqual(await exchange(`${server.base}/bare`), ["bare ping", ""]);
  assert.deepEqual(seen, [101, 101]);
});

Deno.test("A file route opens a socket under layouts, error pages and middleware files", async () => {
  await using site = await buildSite({
    "routes/_error.tsx": `export default () => <p/>;`,
    "routes/_middleware.ts": `export const handler = (ctx) => ctx.next();`,
    "routes/ws/[channel].ts": `export const handler = { GET: (ctx) =>
      ctx.upgrade({ message: (socket, event) => socket.send(ctx.params.channel + event.data) }) };`,
  });
  await using server = serve(site.handler());
  assert.equal((await exchange(`${server.base}/ws/market`))[0], "marketping");
});

Deno.test("A request that asks for no socket is a 400 that says so", async () => {
  const app = new App().get("/ws", (ctx) => ctx.upgrade({ message() {} }));
  const response = await ask(app.handler(), "/ws");
  assert.deepEqual([response.status, await response.text()], [
    400,
    "Expected a WebSocket upgrade request",
  ]);
});
