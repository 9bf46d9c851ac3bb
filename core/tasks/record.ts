import type { Config } from "../config.ts";
import { createLogger, type Logger } from "../log.ts";
import {
  configuredSource,
  type DataSource,
  ingestSettings,
  journalSettings,
} from "./data_source.ts";
import type { BusMessage } from "../port/bus.ts";
import { type IngestSide, openIngestSide } from "./ingest_side.ts";
import { type OwnService, startOwnService } from "./own_service.ts";
import { exitWith, exitWithError, readConfig, stopOnSignal, tell } from "./program.ts";
import { RecordProgress, summaryLine } from "./record_progress.ts";
import { requireWritable } from "./start_checks.ts";

/** Records the feed into the journal of the server, and does nothing else, until a signal. */
async function run(): Promise<void> {
  const config = readConfig();
  const source = configuredSource(config);
  const nowMs = () => Date.now();
  const progress = new RecordProgress({ isTerminal: Deno.stderr.isTerminal(), write: tell, nowMs });
  const log = createLogger({
    level: config.logLevel,
    nowMs,
    human: Deno.stdout.isTerminal(),
    write(line) {
      progress.clear();
      Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
    },
  });
  for (const { variable, why } of config.warnings) log.warn("setting_odd", { variable, why });
  requireWritable(config.data.dir);
  const starting = start(config, source, progress, log);
  stopOnSignal(log, async () => {
    const { side, service } = await starting;
    await side.stop();
    await service?.stop();
    progress.clear();
    const { frames: records, bytes } = side.journal.stats();
    const date = side.run.engine.market.tradingDate;
    tell(`${summaryLine({ records, bytes, date, dir: source.journalDir })}\n`);
  });
  await starting;
}

async function start(
  config: Config,
  source: DataSource,
  progress: RecordProgress,
  log: Logger,
): Promise<{ readonly side: IngestSide; readonly service: OwnService | null }> {
  const service = source.service === null ? null : await startOwnService(source.service, {
    log,
    onFatal: exitWith,
    onRestart: () => exitWith("The recording ends here: the simulated exchange began anew"),
  });
  const settings = ingestSettings(config, source, service?.url ?? null);
  const where = journalSettings(config, source, service !== null);
  const bus = () => ({ dropped: 0, publish: (message: BusMessage) => progress.take(message) });
  const side = await openIngestSide(settings, where, { bus, log });
  if (service !== null) {
    tell(`No SSI key: recording the built-in simulated exchange, in place of its last recording\n`);
  }
  await side.run.recover();
  side.run.start();
  return { side, service };
}

if (import.meta.main) await run().catch(exitWithError);
