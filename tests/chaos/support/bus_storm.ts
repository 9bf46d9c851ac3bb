import assert from "node:assert/strict";
import { Hub } from "../../../core/hub/hub.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { hubStart, liveStatus } from "../../core/hub/world.ts";
import { type TestApp, withApp } from "../../support/app.ts";
import type { BrokerServer } from "../../support/broker_server.ts";
import { shown } from "../../support/bus_rig.ts";
import { until } from "../../support/program.ts";
import { BoardClient } from "./board_client.ts";

const PROCESS = new URL("./bus_engine.ts", import.meta.url).pathname;

/** An engine side in a process of its own. */
class Engine {
  readonly terms: number[] = [];
  lost = 0;
  whole: BusMessage | null = null;
  isWaiting = false;
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;

  constructor(url: string) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", PROCESS, url],
      ...{ stdin: "piped", stdout: "piped", stderr: "inherit" },
    }).spawn();
    this.#reading = this.#read();
  }

  signal(name: Deno.Signal): void {
    Deno.kill(this.#child.pid, name);
  }

  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.#child.status;
    await this.#reading;
    // The pipe to a killed process stays open.
    await this.#child.stdin.close().catch(() => {});
  }

  /** Stops its changes and gives everything it has. */
  async quiet(): Promise<BusMessage> {
    const writer = this.#child.stdin.getWriter();
    await writer.write(new TextEncoder().encode("quiet"));
    writer.releaseLock();
    return await until("everything of the engine", () => Promise.resolve(this.whole));
  }

  async #read(): Promise<void> {
    let rest = "";
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) this.#hear(JSON.parse(line));
    }
  }

  #hear(said: { term?: number; lost?: true; whole?: BusMessage; waiting?: true }): void {
    if (said.term !== undefined) this.terms.push(said.term);
    if (said.lost) this.lost++;
    if (said.waiting) this.isWaiting = true;
    this.whole ??= said.whole ?? null;
  }
}

/** Two web nodes with a client each, as they go through what happens to the others. */
class Nodes {
  readonly #apps: readonly TestApp[];
  readonly clients: readonly BoardClient[];

  constructor(apps: readonly TestApp[]) {
    this.#apps = apps;
    this.clients = apps.map(({ url }) => new BoardClient(url));
  }

  views() {
    return this.#apps.map(({ services }) => services.hub.view());
  }

  epoch(): string {
    return this.views()[0]!.epoch;
  }

  async all(what: string, is: (view: ReturnType<Nodes["views"]>[number]) => boolean) {
    await until(what, () => Promise.resolve(this.views().every(is) || null));
  }

  /** Waits for something new on both, and says how long that took. */
  async news(): Promise<number> {
    const startMs = performance.now();
    const before = this.views().map(({ epoch, seq }) => `${epoch} ${seq}`);
    await until("news", () => {
      const now = this.views().map(({ epoch, seq }) => `${epoch} ${seq}`);
      return Promise.resolve(now.every((place, at) => place !== before[at]) || null);
    });
    return performance.now() - startMs;
  }
}

/** Kills and hangs the broker and the engine side in turn; at the end everybody agrees. */
export async function busStorm(server: BrokerServer): Promise<void> {
  const env = { BUS_URL: server.url };
  await withApp(env, (one) =>
    withApp(env, async (two) => {
      const nodes = new Nodes([one, two]);
      const took = await storm(server, nodes);
      for (const { violations, reconnects, states } of nodes.clients) {
        assert.deepEqual(violations, []);
        assert.equal(reconnects, 0, "the sockets outlived everything");
        assert.ok(states.filter((state) => state === "stale").length >= 2, states.join(" "));
        assert.equal(states.at(-1), "live");
      }
      const figures = Object.entries(took).map(([what, ms]) => `${what} ${Math.round(ms)} ms`);
      console.log(`${server.kind}: ${figures.join(", ")}`);
      nodes.clients.forEach((client) => client.close());
    }));
}

async function storm(server: BrokerServer, nodes: Nodes): Promise<Record<string, number>> {
  const took: Record<string, number> = {};
  const first = new Engine(server.url);
  await until("the first", () => Promise.resolve(first.terms[0] ?? null));
  const second = new Engine(server.url);
  let third: Engine | null = null;
  try {
    await until("the second", () => Promise.resolve(second.isWaiting || null));
    await until(
      "clients",
      () => Promise.resolve(nodes.clients.every(({ states }) => states.at(-1) === "live") || null),
    );

    await server.kill();
    await nodes.all("a stale board", ({ status }) => status.state === "stale");
    await server.restart();
    took["after the broker's end"] = await nodes.news();
    await nodes.all("a live board", ({ status }) => status.state === "live");

    server.pause();
    await nodes.all("a stale board", ({ status }) => status.state === "stale");
    server.resume();
    took["after its hang"] = await nodes.news();
    await nodes.all("a live board", ({ status }) => status.state === "live");
    assert.deepEqual([first.lost, second.terms], [0, []], "the broker's outage changed no holder");

    const epoch = nodes.epoch();
    const endMs = performance.now();
    await first.kill();
    await nodes.all("the second's epoch", (view) => view.epoch !== epoch);
    took["take-over after a kill"] = performance.now() - endMs;
    third = new Engine(server.url);
    await until("the third", () => Promise.resolve(third!.isWaiting || null));

    const hungMs = performance.now();
    const hungEpoch = nodes.epoch();
    second.signal("SIGSTOP");
    await nodes.all("the third's epoch", (view) => view.epoch !== hungEpoch);
    took["take-over after a hang"] = performance.now() - hungMs;
    second.signal("SIGCONT");
    await until("the second hears", () => Promise.resolve(second.lost === 1 || null));
    await nodes.news();

    assert.ok(third.terms[0]! > second.terms[0]! && second.terms[0]! > first.terms[0]!);
    await agree(nodes, await third.quiet());
  } finally {
    await Promise.all([first, second, third].map((engine) => engine?.kill().catch(() => {})));
  }
  return took;
}

/** Everybody shows what the engine side has, to the last cell. */
async function agree(nodes: Nodes, whole: BusMessage): Promise<void> {
  const hub = new Hub(hubStart(liveStatus()));
  hub.apply(whole, 0);
  const wanted = JSON.stringify(shown(hub.view()));
  await until("equal views", () => {
    const views = nodes.views();
    const isEqual = views.every((view) => JSON.stringify(shown(view)) === wanted) &&
      nodes.clients.every((client, at) => client.equals(views[at]!));
    return Promise.resolve(isEqual || null);
  });
}
