import { startApp } from "../../main.ts";
import type { Config } from "../config.ts";
import { listDays } from "../feed/journal_files.ts";
import type { Logger } from "../log.ts";
import { formatVnTime, vnInstantMs, vnSecondOfDay } from "../market/time.ts";
import { journalDirOf, type Replay, replaySource } from "./data_source.ts";
import { defaultLogger, exitWith, exitWithError, readConfig, stopOnSignal } from "./program.ts";
import { readRecordedDay } from "./recorded_day.ts";
import { parseReplayArgs, type ReplayRequest } from "./replay_args.ts";

/** Serves a recorded day as if it happened now, with the ordinary application, until a signal. */
async function run(): Promise<void> {
  const request = parseReplayArgs(Deno.args);
  const settings = readConfig();
  const port = request["--port"] ?? settings.app.port;
  const config = { ...settings, app: { ...settings.app, port } };
  const log = defaultLogger(config);
  const replay = await prepare(request, config, log);
  const starting = startApp(config, log, exitWith, replaySource(config, replay));
  stopOnSignal(log, async () => await (await starting).close());
  const app = await starting;
  log.info("app_listening", { url: app.url, provider: replay.provider, replay: request.DATE });
}

async function prepare(request: ReplayRequest, config: Config, log: Logger): Promise<Replay> {
  const { DATE: date, "--speed": speed, "--seek": seek } = request;
  const provider = request["--provider"] ?? config.feed.provider;
  const dir = journalDirOf(config, provider);
  const days = daysIn(dir);
  if (!days.includes(date)) {
    const held = days.length === 0 ? "no day; record one with deno task record" : days.join(", ");
    throw new Error(`Cannot replay ${date}: ${dir} holds ${held}`);
  }
  const day = await readRecordedDay(dir, date, (segment, damage) => {
    log.warn("journal_damage_found", { date, segment, damage });
  });
  const { listing, futures, extraSymbols, records } = day;
  if (records === 0) throw new Error(`Cannot replay ${date}: its journal in ${dir} holds no frame`);
  const [receivedFrom, receivedUntil] = [day.firstMs, day.lastMs].map((ms) =>
    formatVnTime(vnSecondOfDay(ms))
  );
  log.info("replay_read", { date, provider, records, receivedFrom, receivedUntil, speed });
  const seekMs = seek === undefined ? null : vnInstantMs(date, seek);
  return { provider, dir, listing, futures, extraSymbols, speed, seekMs };
}

function daysIn(dir: string): readonly string[] {
  try {
    return listDays(dir);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

if (import.meta.main) await run().catch(exitWithError);
