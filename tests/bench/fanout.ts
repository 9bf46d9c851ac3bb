/**
 * What a broadcast costs: this server beside others and beside the least that it can cost, on
 * loopback, in one go. Prints docs/fanout.md and, when nothing was left out, writes it. A part of it:
 * `--sizes 2048,9216 --clients 1000 --servers limit,gateway --repeats 1 --seconds 1`.
 */
import { textOf } from "./fanout/bench_hub.ts";
import { measureBroadcast } from "./fanout/broadcast.ts";
import type { Conditions } from "./fanout/measure.ts";
import { parseFanoutArgs } from "./fanout/options.ts";
import { findTools } from "./fanout/tools.ts";

const startMs = performance.now();

function say(step: string): void {
  const seconds = Math.round((performance.now() - startMs) / 1_000);
  console.error(`${String(seconds).padStart(4)} s  ${step}`);
}

const options = parseFanoutArgs(Deno.args);
const tools = await findTools({ bun: options.servers.some((name) => name.startsWith("bun")) }, say);
const texts = new Map<number, string>();
for (const size of options.sizes) {
  const path = `${tools.dir}/${size}.json`;
  Deno.writeTextFileSync(path, textOf(size));
  texts.set(size, path);
}
const conditions: Conditions = { tools, texts, seconds: options.seconds };
try {
  const cells = await measureBroadcast(conditions, options, say);
  for (const c of cells) {
    console.log(
      c.server.padEnd(16),
      c.clients,
      c.size,
      Math.round(c.perSecond),
      c.cpuUs.toFixed(2),
      c.ofLimit?.toFixed(2),
      c.p50Ms,
      c.p99Ms,
      Math.round(c.bytesEach),
      (c.idleBytes / 1024).toFixed(1),
      (c.peakBytes / 1e6).toFixed(0),
      c.missing,
      c.gone,
      Math.round(c.openedPerSecond),
    );
  }
} finally {
  await Deno.remove(tools.dir, { recursive: true });
}
