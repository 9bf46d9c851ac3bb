import { parseEnv } from "node:util";
import { type Config, explainProblems, parseConfig } from "../config.ts";
import { createLogger, type Logger } from "../log.ts";

/** Longest clean stop; after that the process ends with an error. */
const STOP_MS = 10_000;

/** The settings of the environment; throws one Error that names every variable that is wrong. */
export function readConfig(): Config {
  const parsed = parseConfig(readEnvironment());
  if (!parsed.ok) throw new Error(`Cannot start: ${explainProblems(parsed.problems)}`);
  return parsed.config;
}

/** The broker of the settings, for a process that is nothing without one; throws one Error. */
export function requireBus({ bus }: Config): NonNullable<Config["bus"]> {
  if (bus === null) {
    throw new Error("Cannot start: BUS_URL wants nats://host:port or redis://host:port");
  }
  return bus;
}

/** The log of the whole program: standard output. */
export function defaultLogger(config: Config): Logger {
  return createLogger({ level: config.logLevel, nowMs: () => Date.now() });
}

/** Says something to the person at the terminal, beside what a program writes as its result. */
export function tell(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}

/** The last line of a program that cannot go on. */
export function exitWith(message: string): never {
  tell(`${message}\n`);
  Deno.exit(1);
}

export function exitWithError(error: unknown): never {
  exitWith(error instanceof Error ? error.message : String(error));
}

/** Stops the program at the first SIGINT or SIGTERM and ends it when that is done, or took too long. */
export function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = (signal: string) => {
    // A terminal and a task runner may both pass the same key press on.
    if (isStopping) return;
    isStopping = true;
    log.info("app_stopping", { signal });
    setTimeout(() => exitWith(`Stopping took longer than ${STOP_MS} ms`), STOP_MS);
    stop().then(() => Deno.exit(0), exitWithError);
  };
  // From the first moment on: the first process of a container ignores a signal without a listener.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => onSignal(signal));
  }
}

/** Variables of the environment, and of a `.env` file below them. */
function readEnvironment(): Record<string, string | undefined> {
  let file: Record<string, string | undefined> = {};
  try {
    file = parseEnv(Deno.readTextFileSync(".env"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return { ...file, ...Deno.env.toObject() };
}
