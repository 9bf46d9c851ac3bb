import type { Account } from "./account.ts";
import { EmbeddedError } from "./embedded_error.ts";
import { readLines } from "./lines.ts";
import { readPidFile } from "./pid_file.ts";
import { runShell, shell } from "./shell.ts";

/** Part of the socket's name; nothing listens on a network unless `settings` say so. */
export const PORT = 5432;

/**
 * Runs the server until our end of its stdin closes, however we die: the reader then asks it for a
 * fast shutdown. The exit code is the server's. It tells the server's pid and nothing else on
 * stdout. The server itself does not hold the pipe.
 */
const SUPERVISE = `
exec 3<&0
"$@" </dev/null >/dev/null 3<&- & server=$!
(read _ <&3; kill -INT $server) >/dev/null 2>&1 & reader=$!
echo $server
exec 3<&- >/dev/null
wait $server; code=$?
kill $reader 2>/dev/null
exit $code`;

/** Longest recovery of a crashed server: it replays 1 GB of WAL at most, which takes seconds. */
const READY_WAIT_MS = 300_000;
const READY_POLL_MS = 5;
/** A fast shutdown that takes longer is followed by an immediate one, which loses nothing either. */
const FAST_STOP_WAIT_MS = 30_000;
/** Lines of the server that the error of a failed start quotes. */
const QUOTED_LINES_MAX = 5;

/** A server process to start. */
export interface PostmasterPlan {
  readonly binDir: string;
  readonly dataDir: string;
  readonly socketDir: string;
  readonly account: Account | null;
  /** Settings of PostgreSQL by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** Takes each line that the server logs. */
  readonly onLine: (line: string) => void;
}

/** A running server. */
export interface Postmaster {
  /** Resolves with the exit code when the server is gone, for whatever reason. */
  readonly exited: Promise<number>;
  /** Ends the server and resolves when it is gone; connections that are open are cut. */
  stop(): Promise<void>;
}

/**
 * Starts the server of an existing cluster and waits until it takes connections.
 * @throws {EmbeddedError} `failed` with the last lines of the server.
 */
export async function startPostmaster(plan: PostmasterPlan): Promise<Postmaster> {
  const { command, options } = shell(SUPERVISE, {
    args: [`${plan.binDir}/postgres`, "-D", plan.dataDir, ...settingArgs(plan)],
    account: plan.account,
  });
  // Detached: the shell outlives us, and Ctrl-C in a terminal does not end the server before us.
  const child = new Deno.Command(command, {
    ...options,
    detached: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const running = new Running(child, plan);
  if (await running.becomesReady()) return running;
  await running.stop();
  throw new EmbeddedError("failed", `Cannot start PostgreSQL: ${running.quoted.join(" | ")}`);
}

class Running implements Postmaster {
  readonly exited: Promise<number>;
  readonly quoted: string[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #plan: PostmasterPlan;
  readonly #pid: Promise<number>;
  #hasExited = false;

  constructor(child: Deno.ChildProcess, plan: PostmasterPlan) {
    this.#child = child;
    this.#plan = plan;
    this.#pid = new Response(child.stdout).text().then(Number);
    // Read for ever: a full pipe would block the server.
    const log = readLines(child.stderr, (line) => this.#takeLine(line));
    this.exited = child.status.then(async ({ code }) => {
      this.#hasExited = true;
      await Promise.all([log, this.#closeStdin()]);
      return code;
    });
  }

  /** False when the server ended before, or took longer than is allowed. */
  async becomesReady(): Promise<boolean> {
    const pid = await this.#pid;
    const endMs = performance.now() + READY_WAIT_MS;
    while (!this.#hasExited && performance.now() < endMs) {
      const written = await readPidFile(this.#plan.dataDir);
      if (written?.pid === pid && written.ready) return true;
      await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
    }
    return false;
  }

  async stop(): Promise<void> {
    await this.#closeStdin();
    const pid = String(await this.#pid);
    const impatience = setTimeout(
      // How it went shows in `exited`.
      () => void runShell('kill -QUIT "$1"', { args: [pid], account: this.#plan.account }),
      FAST_STOP_WAIT_MS,
    );
    await this.exited;
    clearTimeout(impatience);
  }

  async #closeStdin(): Promise<void> {
    try {
      await this.#child.stdin.close();
    } catch (error) {
      // Closed before, or broken because the other end is gone.
      if (!(error instanceof TypeError || error instanceof Deno.errors.BrokenPipe)) throw error;
    }
  }

  #takeLine(line: string): void {
    this.quoted.push(line);
    if (this.quoted.length > QUOTED_LINES_MAX) this.quoted.shift();
    this.#plan.onLine(line);
  }
}

function settingArgs({ socketDir, settings }: PostmasterPlan): string[] {
  const all = {
    port: String(PORT),
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
