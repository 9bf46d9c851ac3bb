import { HINDERED, type HinderedFigures } from "./hindered.ts";
import { LineProcess } from "./line_process.ts";
import { median } from "../support/median.ts";
import { Arena, type Conditions } from "./measure.ts";
import { CONTENDERS, deno } from "./programs.ts";

const FAST = 3_000;
const SIZE = 2_048;
const HZ = 4;
/** The p99 of a run is that of its slowest rounds: there have to be some. */
const SECONDS = 48;
/** Messages come as often as in what is measured, until one takes as long as the next. */
const WARM_UP = { seconds: 5, hz: HZ };

/** Fast clients without others and beside them, and how the others ended. */
export interface NeighbourFigures extends HinderedFigures {
  readonly fast: number;
  readonly others: number;
  readonly aloneP99Ms: number;
  readonly besideP99Ms: number;
  /** As many clients as with the others, and all of them fast. */
  readonly crowdP99Ms: number;
  /** Middle of the repeats' own ratios: beside the others, to without them and to the crowd. */
  readonly ratio: number;
  readonly ratioOfCrowd: number;
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
  await using arena = await openArena(conditions, FAST + HINDERED);
  await arena.run(SIZE, WARM_UP);
  return (await arena.run(SIZE, RUN)).p99Ms;
}

async function measureOnce(conditions: Conditions): Promise<NeighbourFigures> {
  const crowdP99Ms = await measureCrowd(conditions);
  await using arena = await openArena(conditions, FAST);
  await arena.run(SIZE, WARM_UP);
  const alone = await arena.run(SIZE, RUN);
  const hinder = [...deno("../hindered.ts"), arena.port, `${SECONDS}`];
  await using others = new LineProcess(hinder);
  await others.next();
  const beside = await arena.run(SIZE, RUN);
  return {
    fast: FAST,
    others: HINDERED,
    aloneP99Ms: alone.p99Ms,
    besideP99Ms: beside.p99Ms,
    crowdP99Ms,
    ratio: beside.p99Ms / alone.p99Ms,
    ratioOfCrowd: beside.p99Ms / crowdP99Ms,
    ...JSON.parse(await others.next()) as HinderedFigures,
    missing: alone.missing + beside.missing,
  };
}
