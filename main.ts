import { App, HttpError, staticFiles } from "fresh";
import type { Config } from "./core/config.ts";
import { isForPrograms, problemAnswer } from "./core/gateway/answer.ts";
import { type HttpPort, openHttpPort } from "./core/http_port.ts";
import { isHostAllowed } from "./core/gateway/origin.ts";
import { requestIdOf, secureHandler } from "./core/gateway/secure.ts";
import type { Services } from "./core/gateway/services.ts";
import type { Logger } from "./core/log.ts";
import { type Backend, startBackend } from "./core/tasks/backend.ts";
import { configuredSource, type DataSource } from "./core/tasks/data_source.ts";
import {
  defaultLogger,
  exitWith,
  exitWithError,
  readConfig,
  requireBus,
  stopOnSignal,
} from "./core/tasks/program.ts";
import type { ProblemFacts } from "./core/wire/problem.ts";
import type { State } from "./utils.ts";

/** The board opens its door with data in it; a source that is slower than this does not hold it up. */
const FIRST_DATA_MS = 5_000;
const FIRST_DATA_STEP_MS = 20;

const WRONG_HOST: ProblemFacts = {
  status: 421,
  code: "WRONG_HOST",
  detail: "this server is for its own machine; a proxy's own name belongs in CORS_ORIGINS",
};

const STARTING: ProblemFacts = {
  status: 503,
  code: "NOT_READY",
  detail: "the server is starting",
};

/** A running application. */
export interface RunningApp {
  readonly url: string;
  readonly services: Services;
  /** Ends the ingest worker at once, as a crash would; it is started again. */
  killWorker(): void;
  /** Ends our own simulated exchange at once, as a crash would; it is started again. */
  killSim(): void;
  /** Ends the store worker at once, as a crash would; it is started again. */
  killStore(): void;
  /** Ends a gateway worker at once, as a crash would; it is started again. */
  killGateway(index: number): void;
  close(): Promise<void>;
}

/** The web application over services that may come later than it. */
export function createApp(services: () => Services): App<State> {
  const app = new App<State>();
  app.use(async (ctx) => {
    const { log, config } = ctx.state.services = services();
    const requestId = requestIdOf(ctx.req);
    if (!isHostAllowed(ctx.url, config.hosts)) return problemAnswer(WRONG_HOST, requestId);
    try {
      return await ctx.next();
    } catch (error) {
      // The error page that comes next shows nothing of it.
      if (!(error instanceof HttpError)) {
        log.error("request_failed", { requestId, route: ctx.route, error });
      }
      throw error;
    }
  });
  app.use(staticFiles());
  return app.fsRoutes();
}

/** Starts everything and serves; throws one clear Error when it cannot. */
export async function startApp(
  config: Config,
  log: Logger = defaultLogger(config),
  onFatal: (message: string) => void = exitWith,
  source: DataSource = configuredSource(config),
): Promise<RunningApp> {
  let backend: Backend | null = null;
  const app = createApp(() => backend!.services).handler();
  const { host: hostname, port } = config.app;
  const opening = Promise.withResolvers<void>();
  const answer = async (request: Request, info: Deno.ServeHandlerInfo) => {
    // A reader waits for the board; a program wants to know that it has to.
    if (!isForPrograms(new URL(request.url).pathname)) await opening.promise;
    if (backend !== null) return await app(request, info);
    return problemAnswer(STARTING, requestIdOf(request), { "retry-after": "1" });
  };
  // The port is taken first, so that a second start fails before it touches any data.
  const server = serve({ hostname, port }, secureHandler(answer, log), log);
  try {
    const pagesPort = server.addr.port;
    backend = await startBackend(config, { log, onFatal, pagesPort }, source);
    await firstData(backend.services);
  } catch (error) {
    // Whoever asked meanwhile is told so, or the server would wait for its answer for ever.
    opening.resolve();
    await backend?.stop();
    await server.shutdown();
    throw error;
  }
  opening.resolve();
  const { services, killWorker, killSim, killStore, killGateway, stop } = backend;
  let closing: Promise<void> | null = null;
  const close = async () => {
    services.isDraining = true;
    await stop();
    await server.shutdown();
  };
  return {
    url: urlOf(server.addr),
    services,
    killWorker,
    killSim,
    killStore,
    killGateway,
    close: () => closing ??= close(),
  };
}

function urlOf({ hostname, port }: Deno.NetAddr): string {
  return `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

function serve(
  address: { hostname: string; port: number },
  handler: Deno.ServeHandler,
  log: Logger,
): HttpPort {
  try {
    return openHttpPort({ ...address, automaticCompression: true }, handler, log);
  } catch (error) {
    const inUse = error instanceof Deno.errors.AddrInUse;
    const reason = error instanceof Error ? error.message : String(error);
    const why = inUse ? "the port is in use, set APP_PORT" : `${reason}, see APP_HOST and APP_PORT`;
    throw new Error(`Cannot listen on ${address.hostname}:${address.port}: ${why}`);
  }
}

async function firstData(services: Services): Promise<void> {
  const untilMs = performance.now() + FIRST_DATA_MS;
  while (!hasPrices(services) && performance.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, FIRST_DATA_STEP_MS));
  }
}

/** Whether the board has rows with a reference price: what a reader waits for. */
export function hasPrices({ hub }: Services): boolean {
  return hub.ready() && hub.view().rows("board:vn30").some((row) => row.ref !== null);
}

async function run(): Promise<void> {
  const config = readConfig();
  // As one of many web nodes, and never by mistake with a feed of its own.
  if (Deno.args.includes("--web")) requireBus(config);
  const log = defaultLogger(config);
  const starting = startApp(config, log);
  stopOnSignal(log, async () => await (await starting).close());
  const app = await starting;
  log.info("app_listening", { url: app.url, provider: config.feed.provider });
}

if (import.meta.main) {
  await run().catch(exitWithError);
}
