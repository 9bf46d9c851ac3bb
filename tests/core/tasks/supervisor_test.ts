import assert from "node:assert/strict";
import { createLogger } from "../../../core/log.ts";
import { Supervisor, type WorkerPlan } from "../../../core/tasks/supervisor.ts";
import { until } from "../gateway/test_server.ts";

/** A worker that tells its number, and does what it is told. */
const SOURCE = `
  let number = 0;
  self.onmessage = ({ data }) => {
    if (data.number !== undefined) self.postMessage({ kind: "up", number: number = data.number });
    if (data === "throw") throw new Error("the worker broke");
    if (data === "reject") Promise.reject(new Error("nobody waited"));
    if (data === "say") self.postMessage({ kind: "said", number });
    if (data === "spin") for (;;);
    if (data === "stop") self.postMessage({ kind: "bye" });
  };`;

/** A supervised worker and what was heard of it. */
function supervise(plan: Partial<WorkerPlan> = {}) {
  const lines: string[] = [];
  const heard: { kind: string; number: number }[] = [];
  const down: string[] = [];
  let started = 0;
  const write = (line: string) => lines.push(line);
  const supervisor = new Supervisor({
    name: "test",
    url: new URL(`data:text/javascript,${encodeURIComponent(SOURCE)}`),
    start: (worker) => worker.postMessage({ number: ++started }),
    onMessage: (message) => heard.push(message as { kind: string; number: number }),
    onDown: (reason) => down.push(reason),
    silenceMs: null,
    stop: { ask: "stop", stopped: "bye" },
    ...plan,
  }, createLogger({ level: "debug", nowMs: () => Date.now(), human: false, write }));
  const isUp = (number: number) => () =>
    heard.some((message) => message.kind === "up" && message.number === number);
  return { supervisor, lines, heard, down, up: (n: number) => until(isUp(n), `start ${n}`) };
}

Deno.test("A worker that throws, or leaves a rejection alone, is started again and does not end us", async () => {
  const { supervisor, down, up, lines } = supervise();
  await up(1);
  supervisor.worker!.postMessage("throw");
  await up(2);
  supervisor.worker!.postMessage("reject");
  await up(3);
  await supervisor.stop();
  assert.match(down[0]!, /the worker broke/);
  assert.match(down[1]!, /nobody waited/);
  assert.equal(supervisor.restarts, 2);
  assert.ok(lines.some((line) => line.includes("worker_down")));
});

Deno.test("A worker that turns in circles is taken for dead after its silence", async () => {
  const { supervisor, down, up } = supervise({ silenceMs: 300 });
  await up(1);
  supervisor.worker!.postMessage("spin");
  await up(2);
  await supervisor.stop();
  assert.deepEqual(down, ["was silent for 300 ms"]);
});

Deno.test("A worker is not taken for dead for a silence of our own thread", async () => {
  const { supervisor, heard, down, up } = supervise({ silenceMs: 300 });
  await up(1);
  supervisor.worker!.postMessage("say");
  const busyUntilMs = performance.now() + 400;
  while (performance.now() < busyUntilMs);
  await until(() => heard.some(({ kind }) => kind === "said") || down.length > 0, "its word");
  await supervisor.stop();
  assert.deepEqual(down, []);
});

Deno.test("A worker that is ended while it starts is started again once", async () => {
  const { supervisor, heard, down, up } = supervise();
  supervisor.kill();
  supervisor.kill();
  await up(2);
  await supervisor.stop();
  assert.deepEqual(heard.map(({ number }) => number), [2]);
  assert.deepEqual(down, ["killed"]);
});

Deno.test("What an ended worker still says is not heard", async () => {
  const { supervisor, heard, up } = supervise();
  await up(1);
  supervisor.worker!.postMessage("say");
  supervisor.kill("gone");
  await up(2);
  await supervisor.stop();
  assert.deepEqual(heard.map(({ kind, number }) => `${kind} ${number}`), ["up 1", "up 2"]);
});

Deno.test("A stop while the worker is down starts none any more", async () => {
  const { supervisor, heard, up } = supervise();
  await up(1);
  supervisor.kill();
  await supervisor.stop();
  assert.equal(supervisor.worker, null);
  supervisor.kill();
  // The sanitizers of this test see a timer or a worker that is left.
  assert.equal(heard.length, 1);
});

Deno.test("Two stops are one, and both end when the worker has said good-bye", async () => {
  const { supervisor, up, lines } = supervise();
  await up(1);
  await Promise.all([supervisor.stop(), supervisor.stop()]);
  assert.equal(supervisor.worker, null);
  assert.ok(!lines.some((line) => line.includes("timed_out")));
});

Deno.test("A worker that breaks while it stops, or does not answer at all, holds nothing up for long", async () => {
  const broken = supervise({ stop: { ask: "throw", stopped: "bye" } });
  const mute = supervise({ stop: { ask: "spin", stopped: "bye" } });
  await Promise.all([broken.up(1), mute.up(1)]);
  await broken.supervisor.stop();
  assert.deepEqual(broken.down, [], "it is not started again");
  await mute.supervisor.stop();
  assert.ok(mute.lines.some((line) => line.includes("worker_stop_timed_out")));
});
