import assert from "node:assert/strict";
import { TestClient } from "../core/gateway/test_server.ts";
import { startProgram } from "../support/program.ts";

const CANARIES = {
  SSI_CONSUMER_SECRET: "canary-ssi-5f1b",
  WS_AUTH_TOKEN: "canary-token-77aa",
  DATABASE_URL: "postgres://board:canary-db-90cd@db.example.vn/board",
};
/** Given by a client, in the hope that it is written down somewhere. */
const GUESS = "canary-guess-31e0";

Deno.test("No secret, and nothing that a client takes for one, is in a page, an answer or the log (F-156)", async () => {
  const dir = await Deno.makeTempDir();
  await using program = startProgram({
    ...CANARIES,
    APP_PORT: "0",
    DATA_DIR: dir,
    LOG_LEVEL: "debug",
    SSI_CONSUMER_ID: "demo",
    // Nobody listens there: every failure on the way to the service is told in full.
    SSI_BASE_URL: "http://127.0.0.1:9",
    SSI_STREAM_URL: "http://127.0.0.1:9",
  });
  const url = await program.url;
  const answers: string[] = [];
  for (
    const path of [
      "/",
      "/health",
      "/readyz",
      "/api/market/snapshot",
      `/health?token=${GUESS}`,
      `/${GUESS}`,
      `/?lang=${GUESS}`,
    ]
  ) {
    for (const accept of ["text/html", "application/json"]) {
      const headers = { accept, authorization: `Bearer ${GUESS}`, cookie: `lang=${GUESS}` };
      const response = await fetch(url + path, { headers });
      answers.push(JSON.stringify([...response.headers]), await response.text());
    }
  }
  const refused = new TestClient(
    new WebSocket(`${url.replace("http", "ws")}/ws/market?token=${GUESS}`),
  );
  assert.equal((await refused.closed).code, 1008);
  answers.push(...refused.texts);
  const welcome = new TestClient(
    new WebSocket(`${url.replace("http", "ws")}/ws/market?token=${CANARIES.WS_AUTH_TOKEN}`),
  );
  await welcome.next(({ type }) => type === "status");
  answers.push(...welcome.texts);
  welcome.socket.close();
  await welcome.closed;
  program.kill("SIGTERM");
  assert.equal((await program.status).code, 0);
  const everything = answers.join("\n") + program.output();
  assert.match(program.output(), /app_stopping/);
  for (const part of ["canary-ssi", "canary-token", "canary-db", "canary-guess"]) {
    assert.ok(!everything.includes(part), part);
  }
  await Deno.remove(dir, { recursive: true });
});
