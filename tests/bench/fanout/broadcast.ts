import { median } from "../support/median.ts";
import { type Conditions, type Figures, measureSizes } from "./measure.ts";
import { CONTENDERS } from "./programs.ts";

/** Deflating pays and is told apart from a heartbeat from this size on. */
const DEFLATED_BYTES_MIN = 1_000;

/** From so many clients on a round takes long, and a measurement has to be longer to have some. */
const MANY_CLIENTS = 10_000;
const MANY_TIMES_LONGER = 2;

/** What is measured against what. */
export interface BroadcastPlan {
  readonly sizes: readonly number[];
  readonly clients: readonly number[];
  readonly servers: readonly string[];
  readonly repeats: number;
}

/** The middle of all repeats, and its relation to the limit of the same repeat. */
export interface Cell extends Figures {
  /** Processor time of the limit : this one; null without a limit. */
  readonly ofLimit: number | null;
  /** Deliveries a second : those of the limit; null without it. */
  readonly perSecondOfLimit: number | null;
}

/** Runs every contender in turn, and that several times, so that all share the machine's moods. */
export async function measureBroadcast(
  conditions: Conditions,
  plan: BroadcastPlan,
  say: (line: string) => void,
): Promise<Cell[]> {
  const runs: Cell[][] = [];
  const contenders = CONTENDERS.filter(({ name, command, isPacedOnly }) =>
    plan.servers.includes(name) && command(conditions.tools) !== null && !isPacedOnly
  );
  for (let repeat = 1; repeat <= plan.repeats; repeat++) {
    for (const clients of plan.clients) {
      const figures: Figures[] = [];
      const seconds = conditions.seconds * (clients < MANY_CLIENTS ? 1 : MANY_TIMES_LONGER);
      for (const contender of contenders) {
        if (clients > (contender.clientsMax ?? Infinity)) continue;
        const sizes = plan.sizes.filter((size) =>
          !contender.isDeflated || size >= DEFLATED_BYTES_MIN
        );
        const what = { contender, clients, isPinned: true };
        const step = `${repeat}/${plan.repeats}  ${clients} clients  ${contender.title}`;
        const measured = await attempt(
          step,
          say,
          () => measureSizes(conditions, what, { sizes, seconds, hz: 0 }),
        );
        figures.push(...measured ?? []);
      }
      runs.push(figures.map((one) => ({ ...one, ...ofLimit(figures, one) })));
    }
  }
  return medians(runs.flat());
}

/** Says what was done, or why not: one server that fails does not end half an hour of others. */
export async function attempt<T>(
  step: string,
  say: (line: string) => void,
  act: () => Promise<T>,
): Promise<T | null> {
  try {
    const done = await act();
    say(step);
    return done;
  } catch (error) {
    say(`${step}: FAILED, ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function ofLimit(figures: readonly Figures[], one: Figures) {
  const limit = figures.find(({ server, size }) => server === "limit" && size === one.size);
  return {
    ofLimit: limit === undefined ? null : limit.cpuUs / one.cpuUs,
    perSecondOfLimit: limit === undefined ? null : one.perSecond / limit.perSecond,
  };
}

function medians(cells: readonly Cell[]): Cell[] {
  const groups = Map.groupBy(cells, ({ server, clients, size }) => `${server} ${clients} ${size}`);
  return [...groups.values()].map((group) => {
    const first = group[0]!;
    const keys = Object.keys(first) as (keyof Cell)[];
    const middles = keys.map((key) => {
      const values = group.map((cell) => cell[key]);
      return [
        key,
        values.every((value) => typeof value === "number") ? median(values) : first[key],
      ];
    });
    return Object.fromEntries(middles) as Cell;
  });
}
