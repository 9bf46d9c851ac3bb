import { parseEnv } from "node:util";
import { App, staticFiles } from "fresh";
import { type Config, explainProblems, parseConfig } from "./core/config.ts";
import { secureHandler } from "./core/gateway/secure.ts";
import type { Services } from "./core/gateway/services.ts";
import { createLogger, type Logger } from "./core/log.ts";
import { type Backend, startBackend } from "./core/tasks/backend.ts";
import type { State } from "./utils.ts";

/** The board opens its door with data in it; a source that is slower than this does not hold it up. */
const FIRST_DATA_MS = 5_000;
const FIRST_DATA_STEP_MS = 20;
/** Longest clean stop; after that the process ends with an error. */
const STOP_MS = 10_000;

/** A running application. */
export interface RunningApp {
  readonly url: string;
  readonly services: Services;
  /** Ends the ingest worker at once, as a crash would; it is started again. */
  killWorker(): void;
  close(): Promise<void>;
}

/** The web application over services that may come later than it. */
export function createApp(services: () => Services): App<State> {
  const app = new App<State>();
  app.use((ctx) => {
    ctx.state.services = services();
    return ctx.next();
  });
  app.use(staticFiles());
  return app.fsRoutes();
}

/** Starts everything and serves; throws one clear Error when it cannot. */
export async function startApp(
  config: Config,
  log: Logger = defaultLogger(config),
  onFatal: (message: string) => void = exitWith,
): Promise<RunningApp> {
  let backend: Backend | null = null;
  const handler = secureHandler(createApp(() => backend!.services).handler());
  const { host: hostname, port } = config.app;
  const opening = Promise.withResolvers<void>();
  // The port is taken first, so that a second start fails before it touches any data.
  const server = serve({ hostname, port }, async (request, info) => {
    await opening.promise;
    return await handler(request, info);
  });
  const url = `http://${server.addr.hostname}:${server.addr.port}`;
  try {
    backend = await startBackend(config, { log, onFatal });
    await firstData(backend.services);
  } catch (error) {
    await server.shutdown();
    throw error;
  }
  opening.resolve();
  const { services, killWorker, stop } = backend;
  return {
    url,
    services,
    killWorker,
    async close() {
      services.isDraining = true;
      await stop();
      await server.shutdown();
    },
  };
}

function serve(address: { hostname: string; port: number }, handler: Deno.ServeHandler) {
  try {
    return Deno.serve({ ...address, onListen: () => {} }, handler) as Deno.HttpServer<Deno.NetAddr>;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new Error(
      `Cannot listen on ${address.hostname}:${address.port}: the port is in use, set APP_PORT`,
    );
  }
}

async function firstData(services: Services): Promise<void> {
  const untilMs = performance.now() + FIRST_DATA_MS;
  while (!hasPrices(services) && performance.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, FIRST_DATA_STEP_MS));
  }
}

function hasPrices({ hub }: Services): boolean {
  return hub.ready() && hub.view().rows("board:vn30").some((row) => row.ref !== null);
}

/** The log of the whole program: standard output. */
export function defaultLogger(config: Config): Logger {
  return createLogger({ level: config.logLevel, nowMs: () => Date.now() });
}

/** The last line of a program that cannot go on. */
function exitWith(message: string): never {
  Deno.stderr.writeSync(new TextEncoder().encode(`${message}\n`));
  Deno.exit(1);
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

/** The settings of the environment; throws one Error that names every variable that is wrong. */
export function readConfig(): Config {
  const parsed = parseConfig(readEnvironment());
  if (!parsed.ok) throw new Error(`Cannot start: ${explainProblems(parsed.problems)}`);
  return parsed.config;
}

async function run(): Promise<void> {
  const config = readConfig();
  const log = defaultLogger(config);
  const app = await startApp(config, log);
  log.info("app_listening", { url: app.url, provider: config.feed.provider });
  const stop = (signal: string) => {
    log.info("app_stopping", { signal });
    setTimeout(() => exitWith(`Stopping took longer than ${STOP_MS} ms`), STOP_MS);
    void app.close().then(() => Deno.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => stop(signal));
  }
}

if (import.meta.main) {
  try {
    await run();
  } catch (error) {
    exitWith(error instanceof Error ? error.message : String(error));
  }
}
