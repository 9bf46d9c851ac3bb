/**
 * What a broadcast costs: this server beside others and beside the least that it can cost, on
 * loopback, in one go of about three quarters of an hour. Prints docs/fanout.md and, when nothing was
 * left out, writes it. A part of it: `--only broadcast|opening|paced|neighbours|behind|bytes`, `--sizes 2048,9216`,
 * `--clients 1000`, `--servers limit,gateway`, `--repeats 1`, `--seconds 1`; `--json FILE` for programs.
 */
import { measureBehind } from "./fanout/behind.ts";
import { textOf } from "./fanout/bench_hub.ts";
import { measureBroadcast } from "./fanout/broadcast.ts";
import { BYTES_SCENARIOS, measureBytes } from "./fanout/bytes.ts";
import type { FanoutFigures } from "./fanout/figures.ts";
import { endAll } from "./fanout/line_process.ts";
import type { Conditions } from "./fanout/measure.ts";
import { measureNeighbours } from "./fanout/neighbours.ts";
import { measureOpening } from "./fanout/opening.ts";
import { parseFanoutArgs } from "./fanout/options.ts";
import { measurePaced } from "./fanout/paced.ts";
import { fanoutPage } from "./fanout/page.ts";
import { measureStalled } from "./fanout/stalled.ts";
import { findTools } from "./fanout/tools.ts";

const PAGE = new URL("../../docs/fanout.md", import.meta.url);
/** The whole bench takes about three quarters of an hour. */
const MINUTES_MAX = 90;
const startMs = performance.now();
const options = parseFanoutArgs(Deno.args);

function say(step: string): void {
  const seconds = Math.round((performance.now() - startMs) / 1_000);
  console.error(`${String(seconds).padStart(4)} s  ${step}`);
}

async function measure(conditions: Conditions): Promise<FanoutFigures> {
  const wants = (part: string) => options.only === undefined || options.only === part;
  const { repeats, servers } = options;
  const bytes = wants("bytes")
    ? Object.fromEntries(BYTES_SCENARIOS.map((scenario) => [scenario, measureBytes(scenario)]))
    : {};
  const clients = Math.max(...options.clients);
  const behind = wants("behind") ? measureBehind() : null;
  return {
    bytes,
    behind,
    cells: wants("broadcast") ? await measureBroadcast(conditions, options, say) : [],
    opening: wants("opening")
      ? await measureOpening(conditions, { repeats, servers, clients }, say)
      : [],
    paced: wants("paced")
      ? await measurePaced(conditions, { repeats, servers, clients: options.paced }, say)
      : [],
    stalled: wants("behind") ? await measureStalled(conditions, { repeats, servers }, say) : [],
    neighbours: wants("neighbours") ? await measureNeighbours(conditions, repeats, say) : null,
  };
}

/** Ends everything, and takes the temporary folder away. */
function stop(dir: string): never {
  endAll();
  Deno.removeSync(dir, { recursive: true });
  Deno.exit(1);
}

const needsBun = options.only !== "bytes" && options.servers.some((name) => name.startsWith("bun"));
const tools = await findTools({ bun: needsBun }, say);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => stop(tools.dir));
}
setTimeout(() => {
  say(`stopped after ${MINUTES_MAX} minutes`);
  stop(tools.dir);
}, MINUTES_MAX * 60_000);
const texts = new Map<number, string>();
for (const size of options.sizes) {
  const path = `${tools.dir}/${size}.json`;
  Deno.writeTextFileSync(path, textOf(size));
  texts.set(size, path);
}
try {
  const figures = await measure({ tools, texts, seconds: options.seconds });
  // A page without the limit would say little.
  const page = options.isWhole && tools.limit !== null
    ? PAGE
    : new URL(`file://${tools.dir}/fanout.md`);
  Deno.writeTextFileSync(page, fanoutPage(figures));
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", page.pathname] }).output();
  console.log(Deno.readTextFileSync(page));
  if (options.json) Deno.writeTextFileSync(options.json, JSON.stringify(figures, null, 2));
} finally {
  await Deno.remove(tools.dir, { recursive: true });
  say("done");
}
// The signals and the deadline would keep the process.
Deno.exit(0);
