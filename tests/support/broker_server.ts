import { existsSync } from "node:fs";
import { freePort } from "./free_port.ts";

/** Servers of Debian that the bus speaks to. */
const PROGRAMS = { nats: "/usr/sbin/nats-server", redis: "/usr/bin/redis-server" } as const;
export type BrokerKind = keyof typeof PROGRAMS;
export const BROKER_KINDS = Object.keys(PROGRAMS) as BrokerKind[];

const START_MS = 10_000;
const LOOK_MS = 10;

/** A real server on a port of this machine alone, on data of its own. */
export class BrokerServer {
  readonly kind: BrokerKind;
  readonly #port: number;
  readonly #dir: string;
  readonly #password: string;
  #child: Deno.ChildProcess;
  #isPaused = false;

  private constructor(kind: BrokerKind, port: number, dir: string, password: string) {
    this.kind = kind;
    this.#port = port;
    this.#dir = dir;
    this.#password = password;
    this.#child = this.#spawn();
  }

  /** `password` for one that wants it. */
  static async start(kind: BrokerKind, password = ""): Promise<BrokerServer> {
    const dir = await Deno.makeTempDir();
    const server = new BrokerServer(kind, freePort(), dir, password);
    await server.#answers();
    return server;
  }

  get url(): string {
    const user = this.kind === "nats" ? "vnstock" : "";
    const login = this.#password === "" ? "" : `${user}:${this.#password}@`;
    return `${this.kind}://${login}127.0.0.1:${this.#port}`;
  }

  /** Ends it at once, as the end of memory would. */
  async kill(): Promise<void> {
    this.resume();
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }

  /** Stops it in the middle of what it does: connections stay open and silent. */
  pause(): void {
    Deno.kill(this.#child.pid, "SIGSTOP");
    this.#isPaused = true;
  }

  resume(): void {
    if (this.#isPaused) Deno.kill(this.#child.pid, "SIGCONT");
    this.#isPaused = false;
  }

  /** Starts it again at the same address after a kill. */
  async restart(): Promise<void> {
    this.#child = this.#spawn();
    await this.#answers();
  }

  async close(): Promise<void> {
    await this.kill();
    await Deno.remove(this.#dir, { recursive: true });
  }

  #spawn(): Deno.ChildProcess {
    const port = String(this.#port);
    const login = this.kind === "nats"
      ? ["--user", "vnstock", "--pass", this.#password]
      : ["--requirepass", this.#password];
    const args = this.kind === "nats"
      ? ["-a", "127.0.0.1", "-p", port, "-js", "-sd", this.#dir]
      : ["--bind", "127.0.0.1", "--port", port, "--dir", this.#dir, "--save", ""];
    return new Deno.Command(PROGRAMS[this.kind], {
      args: this.#password === "" ? args : [...args, ...login],
      ...{ stdin: "null", stdout: "null", stderr: "null" },
    }).spawn();
  }

  async #answers(): Promise<void> {
    const endMs = performance.now() + START_MS;
    while (performance.now() < endMs) {
      try {
        (await Deno.connect({ hostname: "127.0.0.1", port: this.#port })).close();
        return;
      } catch (error) {
        if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    }
    throw new Error(`${this.kind} did not answer within ${START_MS} ms`);
  }
}

/** A test on a real server of each kind; without the program it is skipped, and says which. */
export function brokerTest(
  name: string,
  body: (server: BrokerServer) => Promise<void>,
  { kinds = BROKER_KINDS, password }: { kinds?: readonly BrokerKind[]; password?: string } = {},
): void {
  for (const kind of kinds) {
    const isThere = existsSync(PROGRAMS[kind]) || Deno.env.get("CI") === "true";
    const missing = isThere ? "" : ` (skipped: no ${PROGRAMS[kind]})`;
    Deno.test({
      name: `${name} [${kind}]${missing}`,
      ignore: !isThere,
      async fn() {
        const server = await BrokerServer.start(kind, password);
        try {
          await body(server);
        } finally {
          await server.close();
        }
      },
    });
  }
}
