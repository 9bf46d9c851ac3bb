import { LoadClient } from "../../../core/tasks/load/client.ts";
import { compareViews, type Equality } from "../../../core/tasks/load/equality.ts";
import { FrameReader } from "../../../core/tasks/load/frame_reader.ts";
import type { Scenario } from "../../../core/tasks/load/plan.ts";
import { play } from "../../../core/tasks/load/scenario.ts";
import { wait } from "../../../core/tasks/load/wait.ts";
import { Tally } from "../../../core/tasks/load/tally.ts";
import { median } from "../support/median.ts";
import { Arena, type Conditions } from "./measure.ts";
import { CONTENDERS } from "./programs.ts";

const FAST = 3_000;
const SIZE = 2_048;
const HZ = 4;
/** The p99 of a run is that of its slowest round: there have to be some. */
const SECONDS = 24;
/** Messages come as often as in what is measured, until one takes as long as the next. */
const WARM_UP = { seconds: 5, hz: HZ };
/** Others come before the measurement: first snapshots of the market are no part of it. */
const OPENING_SECONDS = 4;
/** Each of them is hindered; the last ones only read, and are compared as well. */
const OTHERS_OF: readonly (readonly [scenario: Scenario, clients: number])[] = [
  ["slow", 100],
  ["stalled", 200],
  ["storm", 100],
  ["stream", 20],
];
const OTHERS = OTHERS_OF.reduce((sum, [, clients]) => sum + clients, 0);
/** Not all stop reading, read again and lose their connection at the same moment. */
const PARTS = 10;
const PART_OFFSET_MS = 200;

/** Fast clients without others and beside them, and how the others ended. */
export interface NeighbourFigures extends Equality {
  readonly fast: number;
  readonly others: number;
  readonly aloneP99Ms: number;
  readonly besideP99Ms: number;
  /** As many clients as with the others, and all of them fast. */
  readonly crowdP99Ms: number;
  /** Middle of the repeats' own ratios: beside the others, to without them and to the crowd. */
  readonly ratio: number;
  readonly ratioOfCrowd: number;
  /** Times that others stopped reading, came back, and found something missing. */
  readonly pauses: number;
  readonly returns: number;
  readonly gaps: number;
  /** Messages that fast clients did not get. */
  readonly missing: number;
}

/** What slow, stalled and returning clients cost the others, and whether they end up right. */
export async function measureNeighbours(
  conditions: Conditions,
  repeats: number,
  say: (line: string) => void,
): Promise<NeighbourFigures> {
  const runs: NeighbourFigures[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    runs.push(await measureOnce(conditions));
    say(`${repeat}/${repeats}  slow, stalled and returning clients beside ${FAST}`);
  }
  const sum = (of: (one: NeighbourFigures) => number) =>
    runs.reduce((total, one) => total + of(one), 0);
  return {
    fast: FAST,
    others: sum(({ others }) => others),
    aloneP99Ms: median(runs.map(({ aloneP99Ms }) => aloneP99Ms)),
    besideP99Ms: median(runs.map(({ besideP99Ms }) => besideP99Ms)),
    crowdP99Ms: median(runs.map(({ crowdP99Ms }) => crowdP99Ms)),
    ratio: median(runs.map(({ ratio }) => ratio)),
    ratioOfCrowd: median(runs.map(({ ratioOfCrowd }) => ratioOfCrowd)),
    equal: sum(({ equal }) => equal),
    different: sum(({ different }) => different),
    unproved: sum(({ unproved }) => unproved),
    pauses: sum(({ pauses }) => pauses),
    returns: sum(({ returns }) => returns),
    gaps: sum(({ gaps }) => gaps),
    missing: sum(({ missing }) => missing),
  };
}

const RUN = { seconds: SECONDS, hz: HZ };

function openArena(conditions: Conditions, clients: number): Promise<Arena> {
  const contender = CONTENDERS.find(({ name }) => name === "gateways")!;
  return Arena.open(conditions, { contender, clients, isPinned: false });
}

/** The p99 of as many clients as there are with the others, when nothing hinders any of them. */
async function measureCrowd(conditions: Conditions): Promise<number> {
  await using arena = await openArena(conditions, FAST + OTHERS);
  await arena.run(SIZE, WARM_UP);
  return (await arena.run(SIZE, RUN)).p99Ms;
}

async function measureOnce(conditions: Conditions): Promise<NeighbourFigures> {
  const crowdP99Ms = await measureCrowd(conditions);
  await using arena = await openArena(conditions, FAST);
  await arena.run(SIZE, WARM_UP);
  const alone = await arena.run(SIZE, RUN);
  const tally = new Tally();
  const reader = new FrameReader();
  const url = `ws://127.0.0.1:${arena.port}/ws`;
  const channels = ["market" as const];
  // Plain as the fast ones are: inflating would take the processors from server and fast clients.
  const options = { url, channels, rateMs: null, token: null, reader, isPlain: true };
  const client = (counted: Tally) => new LoadClient({ ...options, tally: counted });
  const groups = OTHERS_OF.flatMap(([scenario, count]) =>
    Array.from({ length: PARTS }, (_, part) => ({
      scenario,
      startMs: part * PART_OFFSET_MS,
      clients: Array.from({ length: count / PARTS }, () => client(tally)),
    }))
  );
  const others = groups.flatMap(({ clients }) => clients);
  const fresh = client(new Tally());
  try {
    const playing = groups.map(async ({ scenario, clients, startMs }) => {
      await wait(startMs);
      await play(clients, { scenario, ms: (OPENING_SECONDS + SECONDS) * 1_000, every: 1 });
    });
    await wait(OPENING_SECONDS * 1_000);
    const beside = await arena.run(SIZE, RUN);
    await Promise.all(playing);
    fresh.open();
    const equality = await compareViews(others, fresh);
    return {
      fast: FAST,
      others: others.length,
      aloneP99Ms: alone.p99Ms,
      besideP99Ms: beside.p99Ms,
      crowdP99Ms,
      ratio: beside.p99Ms / alone.p99Ms,
      ratioOfCrowd: beside.p99Ms / crowdP99Ms,
      ...equality,
      pauses: tally.pauses,
      returns: tally.opened - others.length,
      gaps: tally.gaps,
      missing: alone.missing + beside.missing,
    };
  } finally {
    await Promise.all([...others, fresh].map((one) => one.end()));
  }
}
