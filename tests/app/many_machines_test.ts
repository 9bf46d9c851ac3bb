import assert from "node:assert/strict";
import { brokerTest } from "../support/broker_server.ts";
import { getJson, type Program, startProgram, until } from "../support/program.ts";

const PASSWORD = "canary-of-the-bus";

/** One ingest node with a simulated exchange and a folder of its own. */
async function startIngest(env: Readonly<Record<string, string>>, dir: string): Promise<Program> {
  const program = startProgram({ ...env, DATA_DIR: dir, INGEST_PORT: "0" }, ["ingest"]);
  await program.url;
  return program;
}

function role(program: Program, wanted: string): Promise<Record<string, unknown>> {
  return until(`the role ${wanted}`, async () => {
    const ready = await getJson(`${await program.url}/readyz`);
    return ready?.role === wanted ? ready : null;
  });
}

async function figure(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? NaN);
}

brokerTest(
  "Two ingest nodes and a web node as processes: the second goes on where the first was killed, and no log holds the password (I11, I12)",
  async (server) => {
    const dirs = [await Deno.makeTempDir(), await Deno.makeTempDir(), await Deno.makeTempDir()];
    const env = { BUS_URL: server.url, SIM_START: "open", LOG_LEVEL: "debug" };
    const outputs: string[] = [];
    {
      await using first = await startIngest(env, dirs[0]!);
      const { term } = await role(first, "active");
      await using second = await startIngest(env, dirs[1]!);
      await role(second, "standby");
      await using web = startProgram({ ...env, DATA_DIR: dirs[2]!, APP_PORT: "0" }, ["web"]);
      const url = await web.url;
      await until("prices", async () => await figure(url, "hub_epochs_total") > 0 || null);

      first.kill("SIGKILL");
      assert.equal((await first.status).signal, "SIGKILL");
      const epochs = await figure(url, "hub_epochs_total");
      const next = await role(second, "active");
      assert.ok(Number(next.term) > Number(term));
      await until(
        "a new epoch",
        async () => await figure(url, "hub_epochs_total") > epochs || null,
      );
      await until("a live board", async () => {
        const health = await getJson(`${url}/health`) as { feed?: { state?: string } } | null;
        return health?.feed?.state === "live" || null;
      });
      const history = await fetch(`${url}/api/history/FPT/ticks?limit=10`);
      assert.equal(history.status, 503);
      await history.body?.cancel();

      for (const program of [second, web]) {
        program.kill("SIGTERM");
        assert.equal((await program.status).code, 0, program.output());
      }
      outputs.push(first.output(), second.output(), web.output());
    }
    assert.ok(outputs.every((text) => text.includes("bus_connected") && !text.includes(PASSWORD)));
    for (const dir of dirs) await Deno.remove(dir, { recursive: true });
  },
  { kinds: ["nats"], password: PASSWORD },
);

Deno.test("A web node without a broker is refused with the variable that it wants", async () => {
  await using program = startProgram({ APP_PORT: "0" }, ["web"]);
  assert.equal((await program.status).code, 1);
  assert.match(program.output(), /BUS_URL wants nats:\/\//);
});
