import assert from "node:assert/strict";
import { parseConfig } from "../../core/config.ts";
import { createLogger } from "../../core/log.ts";
import { startApp } from "../../main.ts";
import { startProgram, until } from "../support/program.ts";

const CANARY = "canary-7c1e44-do-not-print";

/** A start that must fail: its one line and its exit code. */
async function failedStart(env: Readonly<Record<string, string>>): Promise<string> {
  const dir = await Deno.makeTempDir();
  try {
    await using program = startProgram({ APP_PORT: "0", DATA_DIR: dir, ...env });
    const { code } = await program.status;
    assert.equal(code, 1);
    const lines = program.output().trim().split("\n");
    assert.equal(lines.length, 1, program.output());
    return lines[0]!;
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("A wrong value stops the start with the variable's name and the wanted form", async () => {
  const line = await failedStart({ APP_PORT: "eighty" });
  assert.match(line, /APP_PORT/);
  assert.match(line, /65,?535/);
});

Deno.test("A secret never shows in the line that refuses it", async () => {
  const line = await failedStart({ SSI_CONSUMER_SECRET: CANARY });
  assert.match(line, /SSI_CONSUMER_ID/);
  assert.ok(!line.includes(CANARY));
});

Deno.test("A port in use stops the start before any data is touched", async () => {
  const held = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    const { port } = held.addr as Deno.NetAddr;
    const line = await failedStart({ APP_PORT: String(port) });
    assert.match(line, new RegExp(`127\\.0\\.0\\.1:${port}.*in use.*APP_PORT`));
  } finally {
    held.close();
  }
});

Deno.test("A port of the gateways in use stops the start with one line that names the variable", async () => {
  const held = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    const { port } = held.addr as Deno.NetAddr;
    const line = await failedStart({ APP_PORT: "0", WS_GATEWAYS: "1", WS_PORT: String(port) });
    assert.match(line, new RegExp(`127\\.0\\.0\\.1:${port}.*in use.*WS_PORT`));
  } finally {
    held.close();
  }
});

Deno.test("A data folder that cannot be written stops the start and is named", async () => {
  const file = await Deno.makeTempFile();
  try {
    const line = await failedStart({ DATA_DIR: `${file}/data` });
    assert.match(line, /DATA_DIR/);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("A second program on the same data folder is refused and names it", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await using first = startProgram({ APP_PORT: "0", DATA_DIR: dir, LOG_LEVEL: "info" });
    await first.url;
    await using second = startProgram({ APP_PORT: "0", DATA_DIR: dir });
    assert.equal((await second.status).code, 1);
    assert.match(second.output(), /DATA_DIR.*another process/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("SIGTERM ends the program, which one command started whole, cleanly with exit code 0 (F-003, F-265)", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await using program = startProgram({ APP_PORT: "0", DATA_DIR: dir });
    await program.url;
    program.kill("SIGTERM");
    const status = await program.status;
    assert.deepEqual({ code: status.code, signal: status.signal }, { code: 0, signal: null });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("A signal while the program still starts ends it as cleanly", async () => {
  const dir = await Deno.makeTempDir();
  try {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      await using program = startProgram({ APP_PORT: "0", DATA_DIR: dir });
      // The first line comes from the worker, long before the address is told.
      await until("the first word", () => Promise.resolve(program.output() || null));
      program.kill(signal);
      program.kill(signal);
      const status = await program.status;
      assert.deepEqual({ code: status.code, signal: status.signal }, { code: 0, signal: null });
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("While a page waits for its first data, programs are told at once that there is none yet", async () => {
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = free.addr as Deno.NetAddr;
  free.close();
  const dir = await Deno.makeTempDir();
  // Nobody listens at the service's address, so no data comes.
  const service = "http://127.0.0.1:9";
  const env = { SSI_BASE_URL: service, SSI_STREAM_URL: service, APP_PORT: String(port) };
  try {
    await using program = startProgram({ ...env, DATA_DIR: dir });
    const ask = async (path: string) => {
      try {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        return { status: response.status, text: await response.text() };
      } catch (error) {
        if (error instanceof TypeError) return null;
        throw error;
      }
    };
    const alive = await until("a sign of life", async () => {
      const answer = await ask("/livez");
      return answer?.status === 200 ? answer : null;
    });
    assert.match(alive.text, /ok/);
    assert.doesNotMatch(program.output(), /app_listening/);
    assert.match((await ask("/readyz"))?.text ?? "", /"status":"(not )?ready"/);
    assert.doesNotMatch(program.output(), /app_listening/);
    assert.match((await ask("/"))?.text ?? "", /<!DOCTYPE html>/i);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("A host that is not of this machine stops the start and is named", async () => {
  for (const host of ["203.0.113.7", "no-such-host.invalid"]) {
    assert.match(await failedStart({ APP_HOST: host }), /Cannot listen on .*APP_HOST/);
  }
});

/** Asks while a start runs that must fail; null when the port had closed before the system let a question in. */
async function askedMeanwhile(simPort: string): Promise<Response[] | null> {
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = free.addr as Deno.NetAddr;
  free.close();
  const dir = await Deno.makeTempDir();
  const parsed = parseConfig({ APP_PORT: String(port), DATA_DIR: dir, SIM_PORT: simPort });
  assert.ok(parsed.ok);
  const log = createLogger({ level: "error", nowMs: () => Date.now(), write: () => {} });
  const start = startApp(parsed.config, log, () => {});
  const early = ["/", "/livez"].map((path) => fetch(`http://127.0.0.1:${port}${path}`));
  await assert.rejects(start, /SIM_PORT/);
  const answers = await Promise.allSettled(early);
  await Deno.remove(dir, { recursive: true });
  if (answers.every(({ status }) => status === "fulfilled")) return await Promise.all(early);
  for (const answer of answers) {
    if (answer.status === "fulfilled") await answer.value.body?.cancel();
    // A question that was let in and got no answer is a fault.
    else assert.match(String(answer.reason.cause), /client error \(Connect\)/);
  }
  return null;
}

Deno.test("A port of the simulated exchange in use ends the start, also for who asked meanwhile", async () => {
  using held = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const simPort = String((held.addr as Deno.NetAddr).port);
  assert.match(await failedStart({ SIM_PORT: simPort }), new RegExp(`${simPort}.*SIM_PORT`));

  const answers = await until("questions let in", () => askedMeanwhile(simPort));
  for (const answer of answers) {
    assert.equal(answer.status, 503);
    assert.equal((await answer.json()).code, "NOT_READY");
  }
});
