import type { DayFigures, MinuteBar, SimInstrument } from "../exchange/types.ts";
import { addDays, formatVnDate, parseVnDate } from "../market/time.ts";
import { dailyIndexRow, dailyOhlcRow, intradayRow, stockPriceRow } from "./history_rows.ts";
import { failure, type Lookup, page, type Query } from "./rest_page.ts";
import type { MarketFacts } from "./source.ts";

/** Days that one request may span, both ends counted. */
const RANGE_DAYS_MAX = 30;
const RESOLUTION_MAX = 60;

/** What a request asks history of. */
interface Range {
  /** Dates from the first to the last, oldest first. */
  readonly dates: readonly string[];
  readonly isAscending: boolean;
}

/** The endpoints that tell of the days before and of the running day so far. */
export const HISTORY_LOOKUPS: Readonly<Record<string, Lookup>> = {
  dailyohlc: (query, day) => {
    const named = nameOf(query, day, "symbol");
    if (named === null) return failure(400, "Symbol is required");
    return within(query, day, (range) => {
      const found = daysOf(day, named, range).filter(({ closeE2 }) => closeE2 > 0);
      const row = (figures: DayFigures) => dailyOhlcRow(named.symbol, named.market, figures);
      return page(found, query, (rows) => rows.map(row));
    });
  },
  intradayohlc: (query, day) => {
    const named = nameOf(query, day, "symbol");
    if (named === null) return failure(400, "Symbol is required");
    const minutes = resolutionOf(query);
    if (minutes === null) return failure(400, `Resolution is 1 to ${RESOLUTION_MAX} minutes`);
    return within(query, day, (range) => {
      const found = daysOf(day, named, range).flatMap((figures) => {
        const bars = merged(figures.bars(), minutes);
        if (!range.isAscending) bars.reverse();
        return bars.map((bar) => ({ date: figures.date, bar }));
      });
      return page(
        found,
        query,
        (rows) => rows.map(({ date, bar }) => intradayRow(named.symbol, date, bar)),
      );
    });
  },
  dailyindex: (query, day) => {
    const id = (query.get("indexid") || query.get("indexcode"))?.toUpperCase();
    if (!id) return failure(400, "IndexId is required");
    const index = day.indices.find((one) => one.id.toUpperCase() === id);
    return within(query, day, (range) => {
      const found = index === undefined
        ? []
        : daysOf(day, { symbol: index.id }, range).filter(({ closeE2 }) => closeE2 > 0);
      return page(found, query, (rows) => rows.map((figures) => dailyIndexRow(index!, figures)));
    });
  },
  dailystockprice: (query, day) => {
    const symbol = query.get("symbol")?.toUpperCase();
    const market = query.get("market")?.toUpperCase();
    const wanted = day.instruments.filter((instrument) =>
      (!symbol || instrument.symbol === symbol) && (!market || instrument.exchange === market)
    );
    return within(query, day, (range) => {
      const found = wanted.flatMap((instrument) => listed(day, instrument, range));
      return page(
        found,
        query,
        (rows) =>
          rows.map(({ instrument, date }) =>
            stockPriceRow(instrument, day.figures(instrument.symbol, date)!)
          ),
      );
    });
  },
};

/** The days on which an instrument has figures; those of a whole market are not worked out here. */
function listed(day: MarketFacts, instrument: SimInstrument, range: Range) {
  return ordered(range).filter((date) => day.hasFigures(instrument.symbol, date))
    .map((date) => ({ instrument, date }));
}

/** A security or an index by its name in any case; an unknown name stands for itself. */
function nameOf(query: Query, day: MarketFacts, key: string) {
  const name = query.get(key)?.toUpperCase();
  if (!name) return null;
  const instrument = day.instruments.find(({ symbol }) => symbol === name);
  if (instrument !== undefined) return { symbol: name, market: instrument.exchange };
  const index = day.indices.find(({ id }) => id.toUpperCase() === name);
  return { symbol: index?.id ?? name, market: index?.exchange ?? null };
}

function daysOf(
  day: MarketFacts,
  { symbol }: { readonly symbol: string },
  range: Range,
): DayFigures[] {
  return ordered(range).map((date) => day.figures(symbol, date)).filter((found) => found !== null);
}

function ordered({ dates, isAscending }: Range): readonly string[] {
  return isAscending ? dates : dates.toReversed();
}

/** Reads the dates of a query, which are today when left out, and answers within them. */
function within(query: Query, day: MarketFacts, answer: (range: Range) => ReturnType<Lookup>) {
  const today = formatVnDate(day.date);
  const from = parseVnDate(query.get("fromdate") || today);
  const to = parseVnDate(query.get("todate") || today);
  if (from === null || to === null) return failure(400, "FromDate and ToDate are dd/MM/yyyy");
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (dates.length === RANGE_DAYS_MAX) {
      return failure(400, `FromDate to ToDate spans more than ${RANGE_DAYS_MAX} days`);
    }
    dates.push(date);
  }
  const order = (query.get("ascending") || query.get("order") || "false").toLowerCase();
  return answer({ dates, isAscending: order === "true" || order === "asc" });
}

function resolutionOf(query: Query): number | null {
  // SSI's guide spells it with one l too many.
  const text = query.get("resolution") || query.get("resollution") || "1";
  const minutes = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return minutes >= 1 && minutes <= RESOLUTION_MAX ? minutes : null;
}

/** Bars of several minutes, from midnight on; the time stays that of the last trade. */
function merged(bars: readonly MinuteBar[], minutes: number): MinuteBar[] {
  const wide: MinuteBar[] = [];
  let slot = -1;
  for (const bar of bars) {
    const at = Math.floor(bar.second / 60 / minutes);
    const held = wide.at(-1);
    if (at !== slot || held === undefined) wide.push(bar);
    else {
      wide[wide.length - 1] = {
        second: bar.second,
        openE2: held.openE2,
        highE2: Math.max(held.highE2, bar.highE2),
        lowE2: Math.min(held.lowE2, bar.lowE2),
        closeE2: bar.closeE2,
        volume: held.volume + bar.volume,
      };
    }
    slot = at;
  }
  return wide;
}
