import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { SimWorkerReply, SimWorkerRequest } from "../../../core/sim/worker_messages.ts";
import { tokenOf } from "./support/raw_client.ts";
import { until } from "./support/until.ts";
import { withService } from "./support/with_service.ts";

const MAIN = fileURLToPath(new URL("../../../core/sim/main.ts", import.meta.url));
const WORKER = new URL("../../../core/sim/worker.ts", import.meta.url);
const OPTIONS = { seed: 7, scenario: "normal", speed: 1, start: "open", paused: true } as const;

/** Starts the worker, runs the body with its replies, and ends it. */
async function withWorker(
  body: (ask: (request: SimWorkerRequest) => void, replies: SimWorkerReply[]) => Promise<void>,
): Promise<void> {
  const worker = new Worker(WORKER, { type: "module" });
  const replies: SimWorkerReply[] = [];
  worker.onmessage = (event) => replies.push(event.data);
  try {
    await body((request) => worker.postMessage(request), replies);
  } finally {
    worker.terminate();
  }
}

Deno.test("The worker says where it listens, obeys, and says that it has ended", () =>
  withWorker(async (ask, replies) => {
    ask({ kind: "start", options: { ...OPTIONS, port: 0 }, logLevel: "warn" });
    await until(() => replies.length === 1, "ready");
    const [ready] = replies;
    assert.ok(ready?.kind === "ready");
    await tokenOf(ready.url);
    ask({ kind: "setAuth", mode: "refuse" });
    ask({ kind: "stats" });
    await until(() => replies.length === 2, "stats");
    assert.ok(replies[1]?.kind === "stats" && replies[1].stats.tokensIssued === 1);
    await assert.rejects(tokenOf(ready.url), /401/);
    ask({ kind: "close" });
    await until(() => replies.length === 3, "closed");
    assert.equal(replies[2]!.kind, "closed");
    await assert.rejects(tokenOf(ready.url), TypeError);
  }));

Deno.test("The worker says why it cannot start", () =>
  withService({}, (sim) =>
    withWorker(async (ask, replies) => {
      const port = Number(new URL(sim.url).port);
      ask({ kind: "start", options: { ...OPTIONS, port }, logLevel: "warn" });
      await until(() => replies.length === 1, "failed");
      assert.ok(replies[0]?.kind === "failed");
      assert.match(replies[0].message, /the port is in use/);
    })));

function run(env: Record<string, string>): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-net", "--allow-env", "--allow-read", MAIN],
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

Deno.test({
  name: "The program prints one line with its address and key, and a signal ends it well",
  ignore: Deno.build.os === "windows",
  async fn() {
    const child = run({ SIM_PORT: "0", SIM_START: "open" });
    let output = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream() as never)) {
      output += text;
      if (output.includes("\n")) child.kill("SIGTERM");
    }
    const [status] = await Promise.all([child.status, child.stderr.cancel()]);
    assert.match(
      output,
      /^Simulated SSI service at http:\/\/127\.0\.0\.1:\d+ with key demo \/ demo .*\n$/,
    );
    assert.equal(status.code, 0);
  },
});

for (
  const [name, env, message] of [
    ["A port in use", null, /^Cannot listen on 127\.0\.0\.1:\d+: the port is in use\n$/],
    ["A wrong setting", { SIM_SPEED: "2" }, /^SIM_SPEED wants one of 1, 10, 60, max\n$/],
  ] as const
) {
  Deno.test(`${name} ends the program with one clear line and status 1`, () =>
    withService({}, async (sim) => {
      const { code, stderr } = await run(env ?? { SIM_PORT: new URL(sim.url).port }).output();
      assert.match(new TextDecoder().decode(stderr), message);
      assert.equal(code, 1);
    }));
}
