import { priceFromE2 } from "../market/units.ts";
import { num } from "./cells.ts";
import type { LogSlice } from "./log.ts";
import { boardSymbols, type SecurityScope } from "./security_scope.ts";
import { isoVn, type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** Exchange time between two points of a price path. */
export const PRICE_STEP_MS = 5 * 60_000;

/** A point of a price path: exchange time (Unix ms) and price in VND or points. */
export type PathPoint = readonly [atMs: number, price: number];

/** Body of `/api/market/sparklines`. */
export interface Sparklines extends Stamp {
  readonly step_seconds: number;
  /** Ends of the steps in which any price of the market moved, oldest first. */
  readonly timestamps: readonly string[];
  /** By symbol the price at each of these ends, VND or points; null before the first trade. */
  readonly prices: Readonly<Record<string, readonly (number | null)[]>>;
  /** Symbols that were asked for and are not known. */
  readonly missing_symbols: readonly string[];
}

const NONE: readonly PathPoint[] = [];

/** Paths by symbol of a log as it stands: a page draws 30 of 1,600, and many pages the same ones. */
const held = new WeakMap<LogSlice<"prices">, Map<string, readonly PathPoint[]>>();

/**
 * Price paths of the day, oldest point first: a point where the price differs from the one before at
 * the end of a step of PRICE_STEP_MS, and last the price now. A price holds until the next point.
 * A symbol without a trade has an empty path.
 */
export function sparklineOf(
  view: MarketView,
  symbols: readonly string[],
): ReadonlyMap<string, readonly PathPoint[]> {
  const paths = pathsOf(view.log("prices"));
  return new Map(symbols.map((symbol) => {
    const path = paths.get(symbol) ?? NONE;
    return [symbol, withPriceNow(view, symbol, path)];
  }));
}

/** The paths of a scope as a table: one column per step, one row per symbol. */
export function sparklines(view: MarketView, scope: SecurityScope): Sparklines {
  const log = view.log("prices");
  const paths = pathsOf(log);
  const times = log.entries.map(([stepMs]) => stepMs);
  const wanted = scope === "board"
    ? boardSymbols(view)
    : scope === "all"
    ? everySymbol(view)
    : scope;
  const known = wanted.filter((symbol) => view.one("stock", symbol) !== null);
  const areKnown = new Set(known);
  return {
    step_seconds: PRICE_STEP_MS / 1000,
    timestamps: times.map((atMs) => isoVn(atMs)),
    prices: Object.fromEntries(
      known.map((symbol) => [symbol, pricesAt(times, paths.get(symbol) ?? NONE)]),
    ),
    missing_symbols: wanted.filter((symbol) => !areKnown.has(symbol)),
    ...stampOf(view),
  };
}

function everySymbol(view: MarketView): readonly string[] {
  return view.all("stock").map(({ symbol }) => symbol);
}

function pathsOf(log: LogSlice<"prices">): ReadonlyMap<string, readonly PathPoint[]> {
  const known = held.get(log);
  if (known !== undefined) return known;
  const paths = new Map<string, PathPoint[]>();
  for (const [atMs, symbols, pricesE2] of log.entries) {
    for (const [at, symbol] of symbols.entries()) {
      const point: PathPoint = [atMs, priceFromE2(pricesE2[at]!)];
      const path = paths.get(symbol);
      if (path === undefined) paths.set(symbol, [point]);
      else path.push(point);
    }
  }
  held.set(log, paths);
  return paths;
}

function withPriceNow(
  view: MarketView,
  symbol: string,
  path: readonly PathPoint[],
): readonly PathPoint[] {
  const price = num(view.one("stock", symbol)?.last);
  const { asOfMs } = view;
  if (price === null || asOfMs === null || asOfMs <= (path.at(-1)?.[0] ?? 0)) return path;
  return [...path, [asOfMs, price]];
}

function pricesAt(times: readonly number[], path: readonly PathPoint[]): (number | null)[] {
  let at = 0;
  let price: number | null = null;
  return times.map((atMs) => {
    for (; at < path.length && path[at]![0] <= atMs; at++) price = path[at]![1];
    return price;
  });
}
