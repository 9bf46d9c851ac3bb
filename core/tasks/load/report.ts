import type { LoadResult } from "./run.ts";

/** F-096: 95 of 100 answers of REST come within this. */
const REST_P95_MS_MAX = 100;
const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const NOTHING = "not told";

/** A run as flat figures, for programs; null where there was nothing to measure. */
export function figuresOf(result: LoadResult) {
  const { plan, tally, equality, rest, before, after, ranMs } = result;
  const seconds = ranMs / 1_000;
  const cpuSeconds = before.cpuSeconds === null || after.cpuSeconds === null
    ? null
    : after.cpuSeconds - before.cpuSeconds;
  return {
    url: plan.url,
    scenario: plan.scenario,
    channels: plan.channels,
    rateMs: plan.rateMs,
    clients: plan.clients,
    live: result.live,
    unwanted: result.unwanted,
    seconds: round(seconds),
    opened: tally.opened,
    refused: tally.refused,
    openingP50Ms: round(tally.openings.quantile(0.5)),
    openingP99Ms: round(tally.openings.quantile(0.99)),
    deliveries: tally.deliveries,
    deliveriesPerSecond: round(tally.deliveries / seconds),
    messages: tally.messages,
    snapshots: tally.snapshots,
    wireBytes: tally.bytes,
    wireBytesPerSecond: round(tally.bytes / seconds),
    textBytes: tally.textBytes,
    behindFirstP50Ms: round(tally.delays.quantile(0.5)),
    behindFirstP99Ms: round(tally.delays.quantile(0.99)),
    roundTripP50Ms: round(tally.roundTrips.quantile(0.5)),
    roundTripP99Ms: round(tally.roundTrips.quantile(0.99)),
    gaps: tally.gaps,
    pauses: tally.pauses,
    resumed: tally.resumed,
    restarted: tally.restarted,
    failures: tally.failures,
    closes: Object.fromEntries(tally.closes),
    errors: Object.fromEntries(tally.errors),
    viewsEqual: equality.equal,
    viewsDifferent: equality.different,
    viewsUnproved: equality.unproved,
    serverCpuSeconds: round(cpuSeconds),
    serverCores: cpuSeconds === null ? null : round(cpuSeconds / seconds),
    serverMemoryBytes: after.memoryBytes,
    serverMemoryGrowthBytes: before.memoryBytes === null || after.memoryBytes === null
      ? null
      : after.memoryBytes - before.memoryBytes,
    rest: rest === null ? null : {
      answered: rest.answered,
      failed: rest.failed,
      p50Ms: round(rest.p50Ms),
      p95Ms: round(rest.p95Ms),
      isWithin: rest.p95Ms !== null && rest.failed === 0 && rest.p95Ms < REST_P95_MS_MAX,
    },
  };
}

/** Whether everything was as it must be: every client served and right, REST in time. */
export function isGood(result: LoadResult): boolean {
  const { viewsEqual, clients, rest } = figuresOf(result);
  return viewsEqual === clients && (rest === null || rest.isWithin);
}

/** A run as a table for people. */
export function tableOf(result: LoadResult): string {
  const f = figuresOf(result);
  const pair = (p50: number | null, p99: number | null) => `${say(p50)} / ${say(p99)} ms`;
  const counts = (of: Readonly<Record<string, number>>) =>
    Object.entries(of).map(([key, count]) => `${key}: ${say(count)}`).join(", ") || "none";
  const rows: [string, string][] = [
    ["scenario", `${f.scenario}, ${f.channels.join(", ")}, ${f.seconds} s`],
    ["clients", `${f.live} of ${f.clients} live at the end, ${f.unwanted} not wanted back`],
    ["sockets opened", `${say(f.opened)}, refused ${say(f.refused)}`],
    ["opening p50 / p99", pair(f.openingP50Ms, f.openingP99Ms)],
    ["deliveries", `${say(f.deliveries)}, ${say(f.deliveriesPerSecond)} a second`],
    ["snapshots", say(f.snapshots)],
    ["wire", `${say(f.wireBytes)} bytes, ${say(f.wireBytesPerSecond)} a second`],
    ["text", `${say(f.textBytes)} bytes in ${say(f.messages)} messages`],
    ["behind the first p50 / p99", pair(f.behindFirstP50Ms, f.behindFirstP99Ms)],
    ["round trip p50 / p99", pair(f.roundTripP50Ms, f.roundTripP99Ms)],
    ["gaps; pauses in reading", `${say(f.gaps)}; ${say(f.pauses)}`],
    ["returns", `${say(f.resumed)} went on, ${say(f.restarted)} began anew`],
    ["closed by code", counts(f.closes)],
    ["errors", `${counts(f.errors)}; of sockets ${say(f.failures)}`],
    [
      "views at the end",
      `${f.viewsEqual} equal, ${f.viewsDifferent} different, ${f.viewsUnproved} unproved`,
    ],
    ["server", `${say(f.serverCores)} cores, ${megabytes(f.serverMemoryBytes)}`],
  ];
  if (f.rest !== null) {
    const { p95Ms, p50Ms, answered, failed, isWithin } = f.rest;
    const gate = `p95 < ${REST_P95_MS_MAX} ms: ${isWithin ? "yes" : "NO"}`;
    rows.push(["REST answers", `${say(answered)}, failed ${say(failed)}`]);
    rows.push(["REST p50 / p95", `${pair(p50Ms, p95Ms)}, ${gate}`]);
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
}

function say(value: number | null): string {
  return value === null ? NOTHING : NUMBER.format(value);
}

function megabytes(bytes: number | null): string {
  return bytes === null ? NOTHING : `${NUMBER.format(bytes / 1e6)} MB`;
}

function round(value: number): number;
function round(value: number | null): number | null;
function round(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
