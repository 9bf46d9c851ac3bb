import assert from "node:assert/strict";
import { parseConfig } from "../../core/config.ts";
import { createLogger } from "../../core/log.ts";
import { hasPrices, type RunningApp, startApp } from "../../main.ts";
import { until } from "./program.ts";

/** The application inside the test's own process, with what it logged. */
export interface TestApp extends RunningApp {
  readonly port: number;
  readonly dir: string;
  /** Lines of the main thread; a worker prints its own. */
  readonly lines: string[];
  /** What would have ended the program. */
  readonly fatal: string[];
}

/** A database takes a second to make, and a past a minute; most tests have no use for them. */
const WITHOUT_HISTORY = { DATABASE_URL: "off", BACKFILL_ON_START: "off" };

/** Runs the application on a data folder of its own, from open port to empty folder. */
export async function withApp(
  env: Readonly<Record<string, string>>,
  act: (app: TestApp) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const defaults = { APP_PORT: "0", DATA_DIR: dir, LOG_LEVEL: "error", ...WITHOUT_HISTORY };
  const parsed = parseConfig({ ...defaults, ...env });
  assert.ok(parsed.ok);
  const lines: string[] = [];
  const fatal: string[] = [];
  const write = (line: string) => lines.push(line);
  const log = createLogger({ level: "error", nowMs: () => Date.now(), human: false, write });
  const app = await startApp(parsed.config, log, (message) => fatal.push(message));
  try {
    if (env.SIM_START !== undefined) await firstPrices(app);
    await act({ ...app, port: Number(new URL(app.url).port), dir, lines, fatal });
  } finally {
    await app.close();
    await Deno.remove(dir, { recursive: true });
  }
}

/** The start waits for them as well, but beside other work not for long enough. */
async function firstPrices({ services }: RunningApp): Promise<void> {
  await until("the first prices", () => Promise.resolve(hasPrices(services) || null));
}
