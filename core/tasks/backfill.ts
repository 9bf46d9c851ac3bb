import { delay } from "../feed/delay.ts";
import { createLogger } from "../log.ts";
import { parseArguments } from "./backfill/arguments.ts";
import { fill } from "./backfill/fill.ts";
import { exitCodeOf, outcomeText } from "./backfill/outcome.ts";
import { ProgressLine, unitText } from "./backfill/progress_line.ts";
import { type Outcome, RUN_LIMITS } from "./backfill/run.ts";
import { openService } from "./backfill/service.ts";
import { openStore } from "./backfill/open_store.ts";
import { lastClosedDay } from "./backfill/units.ts";
import { exitWith, exitWithError, readConfig, tell } from "./program.ts";
import { requireWritable } from "./start_checks.ts";

const TICK_MS = 1_000;
/** A terminal and a task runner may both pass the same key press on; one that comes later is another. */
const SAME_PRESS_MS = 1_000;
const INTERRUPTED = 130;

/** Fills the store with history from the REST service, and says how far it is. */
async function run(): Promise<void> {
  const parsed = parseArguments(Deno.args);
  if (!parsed.ok) exitWith(parsed.problem);
  const config = readConfig();
  const nowMs = () => Date.now();
  const line = new ProgressLine({ isTerminal: Deno.stderr.isTerminal(), write: tell, nowMs });
  const log = createLogger({ level: "warn", nowMs, human: true, write: (text) => line.say(text) });
  requireWritable(config.data.dir);
  const stop = stopOnSignal(line);
  if (config.feed.source === "own-sim") line.say("No SSI key: filling the store of simulated data");
  const { store, close } = await openStore(config, log);
  const service = await openService(config);
  const ticker = setInterval(() => line.tick(), TICK_MS);
  let outcome: Outcome;
  try {
    outcome = await fill(parsed.wanted, {
      ...{ service, store },
      lastClosed: lastClosedDay(nowMs(), config.feed.provider === "sim"),
      onProgress: (progress) => line.take(progress),
      onFailed: (unit, reason) => line.say(`${unitText(unit)} failed: ${reason}`),
      stop,
      pause: (ms) => delay(ms, stop),
      random: Math.random,
      limits: RUN_LIMITS,
    });
  } finally {
    clearInterval(ticker);
    await service.close();
    await close();
  }
  line.say(outcomeText(outcome));
  Deno.exit(exitCodeOf(outcome));
}

/** Aborts at the first SIGINT or SIGTERM; a later one ends the process. */
function stopOnSignal(line: ProgressLine): AbortSignal {
  const stop = new AbortController();
  let pressedMs = 0;
  const onSignal = () => {
    if (stop.signal.aborted) {
      if (Date.now() - pressedMs >= SAME_PRESS_MS) Deno.exit(INTERRUPTED);
      return;
    }
    pressedMs = Date.now();
    line.say("Stopping after the unit under way");
    stop.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, onSignal);
  return stop.signal;
}

if (import.meta.main) await run().catch(exitWithError);
