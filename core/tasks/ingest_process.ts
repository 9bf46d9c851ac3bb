import { openBroker } from "../bus/open_broker.ts";
import { configuredSource } from "./data_source.ts";
import { serveIngestHealth } from "./ingest_health.ts";
import { IngestNode } from "./ingest_node.ts";
import {
  defaultLogger,
  exitWith,
  exitWithError,
  readConfig,
  requireBus,
  stopOnSignal,
} from "./program.ts";
import { requireWritable } from "./start_checks.ts";

/** Runs the engine side alone: it publishes to the broker of BUS_URL while it holds the lease. */
async function run(): Promise<void> {
  const config = readConfig();
  const log = defaultLogger(config);
  for (const { variable, why } of config.warnings) log.warn("setting_odd", { variable, why });
  const { url } = requireBus(config);
  requireWritable(config.data.dir);
  const stopping = new AbortController();
  let node: IngestNode | null = null;
  const server = serveIngestHealth(config.ingest.port, () => node, log);
  const opening = openBroker(url, log, stopping.signal);
  stopOnSignal(log, async () => {
    stopping.abort();
    const broker = await opening.catch(() => null);
    await node?.stop();
    await broker?.close();
    await server.shutdown();
  });
  log.info("ingest_listening", {
    url: `http://127.0.0.1:${server.addr.port}`,
    provider: configuredSource(config).provider,
  });
  const broker = await opening;
  if (stopping.signal.aborted) return;
  log.info("bus_connected", { broker: broker.name });
  await broker.prepare();
  node = new IngestNode(config, broker, { log, onFatal: exitWith });
}

if (import.meta.main) await run().catch(exitWithError);
