import assert from "node:assert/strict";
import { TestClient, until } from "../core/gateway/test_server.ts";
import { startProgram } from "../support/program.ts";
import { freePort } from "../support/free_port.ts";

const CLIENTS = 60;

Deno.test("SIGTERM under load (F20) tells every client beside the pages and at the gateways, and ends with 0", async () => {
  const dataDir = await Deno.makeTempDir();
  const port = freePort();
  await using program = startProgram({
    APP_PORT: "0",
    WS_PORT: String(port),
    WS_GATEWAYS: "2",
    WS_MAX_CONNECTIONS_PER_IP: "1000",
    DATA_DIR: dataDir,
    DATABASE_URL: "off",
    SIM_SPEED: "60",
  });
  const pages = (await program.url).replace("http", "ws");
  const sockets = [pages, `ws://127.0.0.1:${port}`];
  const v1 = sockets.flatMap((base) =>
    Array.from(
      { length: CLIENTS },
      () => new TestClient(new WebSocket(`${base}/ws`, ["vnstock.v1.json"])),
    )
  );
  const plain = sockets.map((base) => new TestClient(new WebSocket(`${base}/ws/market`)));
  for (const client of v1) {
    await client.opened;
    client.say({ op: "sub", id: 1, c: ["board:vn30", "index"] });
  }
  const isFlowing = (client: TestClient) => client.texts.some((text) => text.includes('"k":"d"'));
  await until(() => v1.every(isFlowing), "data under way");
  program.kill("SIGTERM");
  for (const client of v1) {
    assert.equal((await client.closed).code, 1012);
    const bye = client.texts.find((text) => text.includes('"k":"bye"'));
    const { code, after } = JSON.parse(bye!);
    assert.equal(code, 1012);
    assert.ok(after >= 0 && after <= 5_000);
  }
  for (const client of plain) assert.equal((await client.closed).code, 1001);
  const { code } = await program.status;
  assert.equal(code, 0, program.output());
  assert.doesNotMatch(program.output(), /worker_stop_timed_out|"level":"error"/);
  await Deno.remove(dataDir, { recursive: true });
});
