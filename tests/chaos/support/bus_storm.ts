import assert from "node:assert/strict";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { withApp } from "../../support/app.ts";
import type { BrokerServer } from "../../support/broker_server.ts";
import { until } from "../../support/program.ts";
import { Nodes } from "./bus_nodes.ts";

const PROCESS = new URL("./bus_engine.ts", import.meta.url).pathname;

/** Rounds of a test run; `BUS_STORM_ROUNDS` gives more elsewhere, and longer outages in them. */
const ROUNDS = Number(Deno.env.get("BUS_STORM_ROUNDS") ?? 1);
/** The shortest and the longest outage of many rounds; a single round's ends once it is noticed. */
const OUTAGE_MS = [1_000, 30_000] as const;

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

/** Kills and hangs the broker, the engine side and a web node in turn; at the end everybody agrees. */
export async function busStorm(server: BrokerServer): Promise<void> {
  const env = { BUS_URL: server.url, WS_MAX_CONNECTIONS_PER_IP: "100" };
  const dir = await Deno.makeTempDir();
  await withApp(env, async (app) => {
    const nodes = await Nodes.start({ ...env, DATA_DIR: dir }, app);
    const storm = new Storm(server, nodes);
    try {
      await storm.begin();
      for (let round = 0; round < ROUNDS; round++) await storm.round(round);
      await storm.end();
      nodes.check(2 * ROUNDS);
    } finally {
      await storm.clear();
      await nodes.close();
    }
    console.log(`${server.kind}, ${ROUNDS} rounds: ${storm.figures()}`);
  });
  await Deno.remove(dir, { recursive: true });
}

/** What happens to a broker, and to the one of two engine sides that holds the lease. */
class Storm {
  readonly #server: BrokerServer;
  readonly #nodes: Nodes;
  readonly #engines: Engine[] = [];
  /** Longest time of each kind, ms. */
  readonly #took = new Map<string, number>();

  constructor(server: BrokerServer, nodes: Nodes) {
    this.#server = server;
    this.#nodes = nodes;
  }

  async begin(): Promise<void> {
    await this.#start();
    await until("a first holder", () => Promise.resolve(this.#engines[0]!.terms[0] ?? null));
    await this.#start();
    await this.#nodes.all("live");
  }

  async round(round: number): Promise<void> {
    const [shortest, longest] = OUTAGE_MS;
    const outageMs = ROUNDS === 1 ? 0 : shortest + (longest - shortest) * round / (ROUNDS - 1);
    const holder = this.#holder();
    await this.#server.kill();
    await this.#outage(outageMs);
    await this.#server.restart();
    await this.#back("after the broker's end");

    this.#server.pause();
    await this.#outage(outageMs);
    this.#server.resume();
    await this.#back("after the broker's hang");
    // A longer one outlasts the lease, and then either of the two may take it.
    if (outageMs === 0) assert.equal(this.#holder(), holder, "the outages changed no holder");

    await this.#takeOver("a kill", async (engine) => {
      await engine.kill();
      this.#engines.splice(this.#engines.indexOf(engine), 1);
    });
    await this.#start();
    const hung = await this.#takeOver("a hang", (engine) => engine.signal("SIGSTOP"));
    const { lost } = hung;
    hung.signal("SIGCONT");
    await until("the hung one hears", () => Promise.resolve(hung.lost > lost || null));
    await this.#nodes.news();

    this.#note("after a web node's end", await this.#nodes.kill());
    this.#note("after a web node's hang", await this.#nodes.hang(outageMs));
  }

  async end(): Promise<void> {
    await this.#nodes.agree(await this.#holder().quiet());
  }

  async clear(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.kill().catch(() => {})));
  }

  figures(): string {
    return [...this.#took].map(([what, ms]) => `${what} ${Math.round(ms)} ms`).join(", ");
  }

  /** Starts an engine side that waits for its turn. */
  async #start(): Promise<void> {
    const engine = new Engine(this.#server.url);
    this.#engines.push(engine);
    await until("an engine side", () => Promise.resolve(engine.isWaiting || null));
  }

  #holder(): Engine {
    return this.#engines.find(({ terms, lost }) => terms.length > lost)!;
  }

  /** Waits until the nodes say that they hear nothing, and then until the outage is over. */
  async #outage(ms: number): Promise<void> {
    const startMs = performance.now();
    await this.#nodes.all("stale");
    this.#note("stale", performance.now() - startMs);
    await until("its end", () => Promise.resolve(performance.now() - startMs >= ms || null));
  }

  async #back(what: string): Promise<void> {
    this.#note(what, await this.#nodes.news());
    await this.#nodes.all("live");
    await until("one holder", () => Promise.resolve(this.#holder() ?? null));
  }

  /** Does something to the holder; the other one follows it with a higher term and a new epoch. */
  async #takeOver(what: string, act: (holder: Engine) => unknown): Promise<Engine> {
    const holder = this.#holder();
    const next = this.#engines.find((engine) => engine !== holder)!;
    const epoch = this.#nodes.epoch();
    const startMs = performance.now();
    await act(holder);
    await this.#nodes.newEpoch(epoch);
    this.#note(`take-over after ${what}`, performance.now() - startMs);
    assert.ok(next.terms.at(-1)! > holder.terms.at(-1)!, "terms only rise");
    return holder;
  }

  #note(what: string, ms: number): void {
    this.#took.set(what, Math.max(ms, this.#took.get(what) ?? 0));
  }
}
