import { type Account, serverAccount } from "../../db/embedded/account.ts";
import { makeCluster, USER } from "../../db/embedded/cluster.ts";
import { readPidFile } from "../../db/embedded/pid_file.ts";
import { PORT, type Postmaster, startPostmaster } from "../../db/embedded/postmaster.ts";

export type ServerKind = "debian" | "embedded";

export interface ServerOptions {
  /** Listens on a loopback address of its own instead of a unix socket. */
  readonly tcp?: boolean;
  /** Settings of PostgreSQL beside its own defaults; fsync is on. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Where a database is, as options of postgres.js. */
export interface DatabaseAddress {
  /** Name of a host, or directory of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** How to make a server: its binaries, found or unpacked into the directory that it gets. */
export interface ServerPlan extends ServerOptions {
  readonly kind: ServerKind;
  readonly findBinaries: (dir: string) => Promise<string>;
}

/**
 * A PostgreSQL server that a test may treat badly, in a directory that goes with it. It is not
 * started again by itself. It ends with this process, however that ends.
 */
export class TestServer {
  readonly kind: ServerKind;
  readonly #dir: string;
  readonly #host: string;
  readonly #start: () => Promise<Postmaster>;
  #postmaster: Postmaster;
  #paused: readonly number[] = [];

  private constructor(kind: ServerKind, made: Made, postmaster: Postmaster) {
    this.kind = kind;
    this.#dir = made.dir;
    this.#host = made.host;
    this.#start = made.start;
    this.#postmaster = postmaster;
  }

  /** Makes the cluster and starts it; what it began is gone when it throws. */
  static async start(plan: ServerPlan): Promise<TestServer> {
    const dir = await Deno.makeTempDir();
    try {
      const made = await make(dir, plan);
      return new TestServer(plan.kind, made, await made.start());
    } catch (error) {
      await Deno.remove(dir, { recursive: true });
      throw error;
    }
  }

  address(database = USER): DatabaseAddress {
    return { host: this.#host, port: PORT, user: USER, database };
  }

  /** `postgres://…` of a server with `tcp`; a unix socket has no URL that postgres.js reads. */
  url(database = USER): string {
    if (this.#host.startsWith("/")) throw new TypeError("Cannot give a URL: the server has no tcp");
    return `postgres://${USER}@${this.#host}:${PORT}/${database}`;
  }

  /** Ends all its processes at once, as the end of memory would, and waits until they are gone. */
  async kill(): Promise<void> {
    for (const pid of await this.#pids()) signal(pid, "SIGKILL");
    await this.#postmaster.exited;
  }

  /** Stops all its processes in the middle of what they do: connections stay open and silent. */
  async pause(): Promise<void> {
    const [postmaster] = await this.#pids();
    // First the one that makes the others.
    signal(postmaster!, "SIGSTOP");
    this.#paused = await this.#pids();
    for (const pid of this.#paused) signal(pid, "SIGSTOP");
  }

  resume(): void {
    for (const pid of this.#paused.toReversed()) signal(pid, "SIGCONT");
    this.#paused = [];
  }

  /** Starts it again on the same data and address; one that still runs is shut down first. */
  async restart(): Promise<void> {
    this.resume();
    await this.#postmaster.stop();
    this.#postmaster = await this.#start();
  }

  async close(): Promise<void> {
    this.resume();
    await this.#postmaster.stop();
    await Deno.remove(this.#dir, { recursive: true });
  }

  /** The server's process, then its children. */
  async #pids(): Promise<number[]> {
    const file = await readPidFile(`${this.#dir}/data`);
    if (file === null) throw new Error("Cannot find the server: it is not running");
    const postmaster = file.pid;
    const children: number[] = [];
    for await (const { name } of Deno.readDir("/proc")) {
      if (/^\d+$/.test(name) && (await parentOf(name)) === postmaster) children.push(Number(name));
    }
    return [postmaster, ...children];
  }
}

interface Made {
  readonly dir: string;
  readonly host: string;
  readonly start: () => Promise<Postmaster>;
}

async function make(dir: string, plan: ServerPlan): Promise<Made> {
  const dataDir = `${dir}/data`;
  const account = await serverAccount(dataDir);
  await giveTo(account, dir);
  const binDir = await plan.findBinaries(dir);
  await makeCluster({ binDir, dataDir, account });
  const host = plan.tcp ? loopbackAddress() : dir;
  const settings = {
    // A log of its own: lines that we had to read would be operations across the ends of tests.
    logging_collector: "on",
    log_directory: `${dir}/log`,
    ...(plan.tcp ? { listen_addresses: host } : {}),
    ...plan.settings,
  };
  const start = () =>
    startPostmaster({ binDir, dataDir, socketDir: dir, account, settings, onLine: () => {} });
  return { dir, host, start };
}

async function giveTo(account: Account | null, dir: string): Promise<void> {
  if (account !== null) await Deno.chown(dir, account.uid, account.gid);
}

/** An address of this machine alone that nobody else will use: 127.0.0.0/8 has millions. */
function loopbackAddress(): string {
  const [a, b, c] = crypto.getRandomValues(new Uint8Array(3));
  return `127.${a! | 1}.${b}.${c! | 1}`;
}

function signal(pid: number, name: Deno.Signal): void {
  try {
    Deno.kill(pid, name);
  } catch (error) {
    // A child that ended meanwhile.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Parent of a process; null when the process has ended. */
async function parentOf(pid: string): Promise<number | null> {
  try {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    // pid (name) state parent …, and a name may hold anything.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || isGone(error)) return null;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && error.message.includes("No such process");
}
