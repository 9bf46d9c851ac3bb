import { median } from "../support/median.ts";
import { attempt } from "./broadcast.ts";
import { type Conditions, type Figures, measureSizes, type Plan } from "./measure.ts";
import { CONTENDERS } from "./programs.ts";

const HZ = 4;
/** The p99 of a run is that of its slowest rounds: there have to be some. */
const SECONDS = 20;
const SIZES = [2_048, 9_216];
const SERVERS: readonly string[] = [
  "limit",
  "gateway",
  "gateways",
  "gateways-nats",
  "gateways-native",
  "deno",
  "bun",
];

/** Middles of the repeats, and their relation to the limit of the same repeat. */
export interface Paced extends Figures {
  /** p99 : that of the limit; null without one. */
  readonly p99OfLimit: number | null;
}

/**
 * As it is used: as many clients as fit, four messages a second, and every processor for whoever
 * wants it, the load client included.
 */
export async function measurePaced(
  conditions: Conditions,
  plan: Plan,
  say: (line: string) => void,
): Promise<Paced[]> {
  const sizes = SIZES.filter((size) => conditions.texts.has(size));
  const runs: Paced[] = [];
  const { clients } = plan;
  const contenders = CONTENDERS.filter(({ name, command }) =>
    SERVERS.includes(name) && plan.servers.includes(name) && command(conditions.tools) !== null
  );
  for (let repeat = 1; repeat <= plan.repeats; repeat++) {
    const figures: Figures[] = [];
    for (const contender of contenders) {
      const step =
        `${repeat}/${plan.repeats}  ${clients} clients, ${HZ} a second  ${contender.title}`;
      const what = { contender, clients, isPinned: false };
      const measured = await attempt(
        step,
        say,
        () => measureSizes(conditions, what, { sizes, seconds: SECONDS, hz: HZ }),
      );
      figures.push(...measured ?? []);
    }
    for (const one of figures) {
      const limit = figures.find(({ server, size }) => server === "limit" && size === one.size);
      runs.push({ ...one, p99OfLimit: limit === undefined ? null : one.p99Ms / limit.p99Ms });
    }
  }
  const groups = Map.groupBy(runs, ({ server, size }) => `${server} ${size}`);
  return [...groups.values()].map(middle);
}

function middle(group: readonly Paced[]): Paced {
  const of = (key: "p50Ms" | "p99Ms" | "cores" | "cpuUs" | "perSecond") =>
    median(group.map((one) => one[key]));
  const ratios = group.flatMap(({ p99OfLimit }) => p99OfLimit ?? []);
  return {
    ...group[0]!,
    p50Ms: of("p50Ms"),
    p99Ms: of("p99Ms"),
    cores: of("cores"),
    cpuUs: of("cpuUs"),
    perSecond: of("perSecond"),
    peakBytes: Math.max(...group.map(({ peakBytes }) => peakBytes)),
    missing: Math.max(...group.map(({ missing }) => missing)),
    gone: Math.max(...group.map(({ gone }) => gone)),
    p99OfLimit: ratios.length === 0 ? null : median(ratios),
  };
}
