/** The program as an operator starts it: a process of its own, with its own data folder. */

/** Longest wait for the program to say something or to end. */
const WAIT_MS = 120_000;

export interface Program {
  /** Everything the program has printed so far, both streams. */
  output(): string;
  /** Resolves with the address once it listens; rejects with its output when it ends before. */
  readonly url: Promise<string>;
  readonly status: Promise<Deno.CommandStatus>;
  kill(signal: Deno.Signal): void;
  /** Kills what is still running and waits for the end of its streams. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a task runs once the build is there: the tests grant no more than it does. */
function commandOf(task: string): readonly string[] {
  const file = new URL("../../deno.json", import.meta.url);
  return JSON.parse(Deno.readTextFileSync(file)).tasks[task].command.split(" ").slice(1);
}

/**
 * Starts the program, or another task, with these variables and no others of ours; the past is not
 * filled in unless told.
 */
export function startProgram(
  env: Readonly<Record<string, string>>,
  task: readonly [name: string, ...args: string[]] = ["start"],
): Program {
  const [name, ...args] = task;
  const child = new Deno.Command(Deno.execPath(), {
    args: [...commandOf(name).toSpliced(1, 0, "--quiet"), ...args],
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      HOME: Deno.env.get("HOME") ?? "",
      BACKFILL_ON_START: "off",
      ...env,
    },
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  const listening = Promise.withResolvers<string>();
  listening.promise.catch(() => {});
  const read = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      output += decoder.decode(bytes, { stream: true });
      const url = /"event":"(?:app|ingest)_listening","url":"([^"]+)"/.exec(output)?.[1];
      if (url !== undefined) listening.resolve(url);
    }
  };
  let hasEnded = false;
  const deadline = setTimeout(() => {
    listening.reject(new Error(`The program did not listen within ${WAIT_MS} ms:\n${output}`));
    child.kill("SIGKILL");
  }, WAIT_MS);
  listening.promise.finally(() => clearTimeout(deadline)).catch(() => {});
  const streams = Promise.all([read(child.stdout), read(child.stderr)]);
  const status = child.status.then(async (ended) => {
    hasEnded = true;
    await streams;
    clearTimeout(deadline);
    listening.reject(new Error(`The program ended with ${ended.code}:\n${output}`));
    return ended;
  });
  return {
    output: () => output,
    url: listening.promise,
    status,
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      if (!hasEnded) child.kill("SIGKILL");
      await status;
    },
  };
}

/** Asks `attempt` again and again until it gives a value, for a bounded time. */
export async function until<T>(what: string, attempt: () => Promise<T | null>): Promise<T> {
  const endMs = performance.now() + WAIT_MS;
  while (performance.now() < endMs) {
    const value = await attempt();
    if (value !== null) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited ${WAIT_MS} ms in vain for ${what}`);
}

/** GET a JSON document; null while the server does not answer with 200. */
export async function getJson(url: string): Promise<Record<string, unknown> | null> {
  try {
    const response = await fetch(url);
    if (response.ok) return await response.json();
    await response.body?.cancel();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  return null;
}
