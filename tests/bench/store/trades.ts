import { Draws, STREAM } from "../../../core/exchange/rng.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import type { TradeRow } from "../../../core/port/store.ts";

const SEED = 11;
const SYMBOLS = 1_600;
/** A symbol trades as its rank to this power: the first one has 3 in 100 of all trades. */
const RANK_POWER = -0.66;
const LETTERS = 26;
/** Coprime to 26³, so that neighbours in rank are no neighbours in an index. */
const NAME_STEP = 7_919;
/** Prices move by 50 VND. */
const TICK_E2 = 5_000;
const LOT = 100;
/** Continuous trading of a day, in seconds of it. */
const SESSIONS = [[33_300, 41_400], [46_800, 52_200]] as const;
const SESSION_S = SESSIONS.reduce((sum, [from, to]) => sum + to - from, 0);

interface Security {
  readonly symbol: string;
  totalVolume: number;
  priceE2: number;
}

/** Shares of all trades of ranks up to each, ascending to 1. */
const CUMULATIVE = cumulativeShares();

/** Name of the symbol of a rank, 1 being the busiest. */
export function symbolOf(rank: number): string {
  const number = (rank * NAME_STEP) % LETTERS ** 3;
  const letters = [number / LETTERS ** 2, number / LETTERS, number];
  return String.fromCharCode(...letters.map((value) => 65 + Math.floor(value) % LETTERS));
}

/** Trades of a made-up day in the order of time, always the same ones for the same arguments. */
export function* dayTrades(date: string, count: number): Generator<TradeRow> {
  const draws = new Draws();
  draws.start(SEED, STREAM.path, vnInstantMs(date, 0) / 86_400_000 | 0);
  const securities = CUMULATIVE.map((_, i): Security => ({
    symbol: symbolOf(i + 1),
    totalVolume: 0,
    priceE2: TICK_E2 * (200 + draws.below(1_800)),
  }));
  for (let i = 0; i < count; i++) {
    const security = securities[rankBelow(draws.unit())]!;
    const volume = LOT * Math.ceil(10 * draws.heavy());
    security.totalVolume += volume;
    const move = draws.below(8);
    if (move === 0) security.priceE2 += TICK_E2;
    else if (move === 1 && security.priceE2 > 100 * TICK_E2) security.priceE2 -= TICK_E2;
    const side = draws.below(2) === 0 ? "buy" : "sell";
    yield {
      symbol: security.symbol,
      exchangeMs: vnInstantMs(date, secondOf(i / count)),
      totalVolume: security.totalVolume,
      volume,
      priceE2: security.priceE2,
      ...{ side, method: "feed", reason: "flag", feedSide: side, phase: "continuous", late: false },
    };
  }
}

/** The next rows of a generator, which `take` would end. */
export function nextOf<Row>(rows: Iterator<Row>, count: number): Row[] {
  const taken: Row[] = [];
  while (taken.length < count) {
    const next = rows.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

function secondOf(share: number): number {
  let rest = Math.floor(share * SESSION_S);
  for (const [from, to] of SESSIONS) {
    if (rest < to - from) return from + rest;
    rest -= to - from;
  }
  throw new RangeError(`Cannot place a trade at ${share} of a day`);
}

/** Index of the first cumulative share above a number below 1. */
function rankBelow(unit: number): number {
  let low = 0;
  let high = SYMBOLS - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (CUMULATIVE[middle]! > unit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function cumulativeShares(): number[] {
  const weights = Array.from({ length: SYMBOLS }, (_, i) => (i + 1) ** RANK_POWER);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => (sum += weight) / total);
}
