import * as esbuild from "esbuild";
import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";

const SPAWN = "tracing:child_process.spawn:start";

/** Works under way in this process; esbuild's one child process ends with the last of them. */
let running = 0;
let child: ChildProcess | null = null;

/**
 * Runs work that uses esbuild, and returns when esbuild's process is gone unless other work still
 * needs it.
 */
export async function withEsbuild<T>(work: () => Promise<T>): Promise<T> {
  if (running++ === 0) subscribe(SPAWN, remember);
  try {
    return await work();
  } finally {
    if (--running === 0) await stop();
  }
}

/** `esbuild.stop` does not wait and esbuild hides its process, but Node tells of every start. */
function remember(message: unknown): void {
  const { process, options } = message as { process: ChildProcess; options: { args: string[] } };
  if (options.args.some((arg) => arg.startsWith("--service="))) child = process;
}

async function stop(): Promise<void> {
  unsubscribe(SPAWN, remember);
  const ending = child;
  child = null;
  const gone = ending === null || ending.exitCode !== null || ending.signalCode !== null
    ? null
    : once(ending, "exit");
  // esbuild lets the program end before its process does; we wait for it.
  ending?.ref();
  await esbuild.stop();
  await gone;
}
