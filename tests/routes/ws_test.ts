import assert from "node:assert/strict";
import { parseRouteFile } from "../../core/fresh/route_file.ts";
import { TestClient, until } from "../core/gateway/test_server.ts";
import { testApp } from "./app_fixture.ts";

const PLAIN = ["/ws/market", "/ws/foreign", "/ws/index", "/ws/alerts", "/ws/stocks/FPT"];

Deno.test("Sockets open through the application, past its middleware", async () => {
  const app = testApp();
  app.start();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, app.handler);
  const { port } = server.addr;
  const v1 = new TestClient(new WebSocket(`ws://127.0.0.1:${port}/ws`, "vnstock.v1.json"));
  const plain = PLAIN.map((path) => new TestClient(new WebSocket(`ws://127.0.0.1:${port}${path}`)));
  assert.equal((await v1.next()).k, "hello");
  for (const client of plain) assert.equal((await client.next()).type, "status");
  for (const client of [v1, ...plain]) client.socket.close();
  await Promise.all([v1, ...plain].map(({ closed }) => closed));
  await until(() => app.services.admission.open.links === 0, "the sockets to be gone");
  await server.shutdown();
});

Deno.test("Every socket address has a route file, and none takes the address of another", async () => {
  const patterns: string[] = [];
  const look = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(`routes/${folder}`)) {
      if (isDirectory) await look(`${folder}/${name}`);
      else patterns.push(parseRouteFile(`${folder}/${name}`).pattern);
    }
  };
  await look("ws");
  assert.deepEqual(patterns.sort(), [
    "/ws/alerts",
    "/ws/foreign",
    "/ws/index",
    "/ws/market",
    "/ws/stocks/:ticker",
    "/ws/ticket",
  ]);
});

Deno.test("A socket address asked for without an upgrade says what it wants", async () => {
  const app = testApp();
  for (const path of ["/ws", ...PLAIN]) {
    const response = await app.ask(path);
    assert.equal(response.status, 426);
    assert.equal(response.headers.get("upgrade"), "websocket");
    assert.equal((await response.json()).code, "UPGRADE_REQUIRED");
    assert.equal((await app.ask(path, { method: "POST" })).headers.get("allow"), "GET");
  }
});
