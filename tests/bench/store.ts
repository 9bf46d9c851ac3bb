/**
 * The store on the embedded server and on Debian's, in turns: writing, starting, reading ten million
 * trades, their size in rows and packed, catching up from a journal. Prints docs/storage.md and
 * writes it. Takes four minutes and 3 GB of disk for a while.
 */
import { measureCatchUp } from "./store/catch_up.ts";
import { measureFlushes } from "./store/flushes.ts";
import { loadDays } from "./store/load.ts";
import { storagePage } from "./store/page.ts";
import { measureReads, PACKED_READS, PLAIN_READS } from "./store/reads.ts";
import {
  type BenchServer,
  type BenchStore,
  onEach,
  openServers,
  withStores,
} from "./store/servers.ts";
import { packDay, plainSize } from "./store/sizes.ts";
import { measureStarts } from "./store/starts.ts";

const PAGE = new URL("../../docs/storage.md", import.meta.url);
const startMs = performance.now();

function say(step: string): void {
  const seconds = Math.round((performance.now() - startMs) / 1_000);
  console.error(`${String(seconds).padStart(4)} s  ${step}`);
}

async function measureHistory(stores: readonly BenchStore[]) {
  await loadDays(stores, (date) => say(`trades of ${date} are loaded`));
  const plainReads = await measureReads(stores, PLAIN_READS);
  const beforePacking = await measureReads(stores, PACKED_READS);
  say("reading of rows is measured");
  const plain = await onEach(stores, plainSize);
  const packed = await onEach(stores, packDay);
  say("a day is packed");
  const packedReads = await measureReads(stores, PACKED_READS);
  return { plainReads, beforePacking, packedReads, plain, packed };
}

async function measureOn(servers: readonly BenchServer[]) {
  const flushes = await withStores(servers, measureFlushes);
  say("writing is measured");
  const catchUp = await withStores(servers, (stores) => measureCatchUp(stores, say));
  say("catching up is measured");
  const history = await withStores(servers, async (stores) => ({
    versions: await onEach(stores, ({ version }) => Promise.resolve(version)),
    ...await measureHistory(stores),
  }));
  return { flushes, catchUp, ...history };
}

const starts = await measureStarts();
say("starting is measured");
const servers = await openServers();
try {
  const page = storagePage({ starts, ...await measureOn(servers) });
  Deno.writeTextFileSync(PAGE, page);
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", PAGE.pathname] }).output();
  console.log(
    `store bench, load average ${Deno.loadavg().map((load) => load.toFixed(1)).join(", ")}\n`,
  );
  console.log(Deno.readTextFileSync(PAGE));
} finally {
  for (const server of servers) await server.close();
  say("done");
}
