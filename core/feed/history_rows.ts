import type { DailyPriceRow } from "../port/store.ts";
import { z } from "zod";
import { parseVnDate, parseVnTime } from "../market/time.ts";
import { priceToE2 } from "../market/units.ts";
import type { DateSpan } from "./date_span.ts";

/** Trading of one security or index on one day. */
export interface DayBar {
  /** In upper case. */
  readonly symbol: string;
  /** `YYYY-MM-DD`. */
  readonly tradingDate: string;
  readonly openE2: number;
  readonly highE2: number;
  readonly lowE2: number;
  readonly closeE2: number;
  /** Matched. */
  readonly volume: number;
  readonly valueVnd: number;
}

/** Trading of one security or index in one minute; the service tells no value of it. */
export interface MinuteBar extends Omit<DayBar, "valueVnd"> {
  /** Second of the day of the last trade of the minute. */
  readonly lastSecond: number;
}

/** A day of an index; its open, high and low are in its `DayBar`. */
export interface IndexDay {
  readonly code: string;
  readonly tradingDate: string;
  readonly closeE2: number;
  /** Close of the day before; null when the service tells no change. */
  readonly referenceE2: number | null;
  readonly volume: number;
  readonly valueVnd: number;
  readonly putThroughVolume: number | null;
  readonly putThroughValueVnd: number | null;
  readonly advances: number | null;
  readonly noChanges: number | null;
  readonly declines: number | null;
}

/** A day of a security; its prices are null when it did not trade. */
export interface StockDay extends Omit<DailyPriceRow, "activeBuyVolume" | "activeSellVolume"> {
  readonly tradingDate: string;
}

/** What was asked for: a row about anything else is not taken. */
export interface Asked extends DateSpan {
  /** In upper case; null for any. */
  readonly symbol: string | null;
}

/** What an integer column holds. */
const PRICE_E2_MAX = 2_147_483_647;

/** Every value of the service is a text; "" and null stand for none. */
const Numeric = z.number().or(z.string().trim().min(1).transform(Number)).pipe(z.number());
const Signed = Numeric.transform(priceToE2);
const Price = Signed.pipe(z.number().int().min(0).max(PRICE_E2_MAX));
// Values come with the noise of floats, and adding 0 turns -0 into 0.
const Amount = Numeric.transform((value) => Math.round(value) + 0)
  .pipe(z.number().int().nonnegative().safe());
const blankIsNull = (value: unknown) => value === "" || value === undefined ? null : value;
const MaybeAmount = z.preprocess(blankIsNull, Amount.nullable());
/** A price of 0 is no price. */
const MaybePrice = z.preprocess(blankIsNull, Price.nullable()).transform((price) => price || null);

const TradingDate = z.string().trim().transform(parseVnDate).pipe(z.string());
const Second = z.string().trim().transform(parseVnTime).pipe(z.number());
const Name = z.string().trim().toUpperCase().regex(/^[A-Z0-9]{1,20}$/);

const Ohlc = { open: MaybePrice, high: MaybePrice, low: MaybePrice, close: MaybePrice };
const Bar = z.object({ symbol: Name, tradingdate: TradingDate, volume: Amount, ...Ohlc });

/** A row of DailyOhlc; null for a day without trading. */
export function dayBarRow(asked: Asked) {
  return Bar.extend({ value: Amount }).transform((row) =>
    isUntraded(row) ? null : { ...barOf(row), valueVnd: row.value }
  ).refine((bar) => bar === null || isPossible(bar, asked));
}

/** A row of IntradayOhlc, whose `Value` is a price; null for a minute without trading. */
export function minuteBarRow(asked: Asked) {
  return Bar.extend({ time: Second }).transform((row) =>
    isUntraded(row) ? null : { ...barOf(row), lastSecond: row.time }
  ).refine((bar) => bar === null || isPossible(bar, asked));
}

const IndexRow = z.object({
  indexid: Name,
  tradingdate: TradingDate,
  indexvalue: Price.pipe(z.number().positive()),
  change: z.preprocess(blankIsNull, Signed.nullable()),
  totalmatchvol: Amount,
  totalmatchval: Amount,
  totaldealvol: MaybeAmount,
  totaldealval: MaybeAmount,
  advances: MaybeAmount,
  nochanges: MaybeAmount,
  declines: MaybeAmount,
});

/** A row of DailyIndex. */
export function indexDayRow(asked: Asked) {
  return IndexRow.transform((row): IndexDay => ({
    code: row.indexid,
    tradingDate: row.tradingdate,
    closeE2: row.indexvalue,
    referenceE2: row.change === null ? null : row.indexvalue - row.change,
    volume: row.totalmatchvol,
    valueVnd: row.totalmatchval,
    putThroughVolume: row.totaldealvol,
    putThroughValueVnd: row.totaldealval,
    advances: row.advances,
    noChanges: row.nochanges,
    declines: row.declines,
  })).refine(({ code, tradingDate }) => isAsked(asked, code, tradingDate));
}

const StockRow = z.object({
  symbol: Name,
  tradingdate: TradingDate,
  refprice: MaybePrice,
  ceilingprice: MaybePrice,
  floorprice: MaybePrice,
  openprice: MaybePrice,
  highestprice: MaybePrice,
  lowestprice: MaybePrice,
  closeprice: MaybePrice,
  averageprice: MaybePrice,
  totalmatchvol: Amount,
  totalmatchval: Amount,
  totaldealvol: MaybeAmount,
  totaldealval: MaybeAmount,
  foreignbuyvoltotal: MaybeAmount,
  foreignsellvoltotal: MaybeAmount,
  foreignbuyvaltotal: MaybeAmount,
  foreignsellvaltotal: MaybeAmount,
  foreigncurrentroom: MaybeAmount,
});

/** A row of DailyStockPrice. */
export function stockDayRow(asked: Asked) {
  return StockRow.transform((row): StockDay => ({
    symbol: row.symbol,
    tradingDate: row.tradingdate,
    referenceE2: row.refprice,
    ceilingE2: row.ceilingprice,
    floorE2: row.floorprice,
    openE2: row.openprice,
    highE2: row.highestprice,
    lowE2: row.lowestprice,
    closeE2: row.closeprice,
    averageE2: row.averageprice,
    volume: row.totalmatchvol,
    valueVnd: row.totalmatchval,
    putThroughVolume: row.totaldealvol,
    putThroughValueVnd: row.totaldealval,
    foreignBuyVolume: row.foreignbuyvoltotal,
    foreignSellVolume: row.foreignsellvoltotal,
    foreignBuyValueVnd: row.foreignbuyvaltotal,
    foreignSellValueVnd: row.foreignsellvaltotal,
    foreignRoom: row.foreigncurrentroom,
  })).refine(({ symbol, tradingDate, lowE2, highE2 }) =>
    isAsked(asked, symbol, tradingDate) && (lowE2 ?? 0) <= (highE2 ?? Infinity)
  );
}

function isUntraded({ open, high, low, close, volume }: z.output<typeof Bar>): boolean {
  return volume === 0 && [open, high, low, close].every((price) => price === null);
}

/** A missing price becomes 0, which no bar can have: it is refused after that. */
function barOf(row: z.output<typeof Bar>): Omit<DayBar, "valueVnd"> {
  return {
    symbol: row.symbol,
    tradingDate: row.tradingdate,
    openE2: row.open ?? 0,
    highE2: row.high ?? 0,
    lowE2: row.low ?? 0,
    closeE2: row.close ?? 0,
    volume: row.volume,
  };
}

function isPossible(bar: Omit<DayBar, "valueVnd">, asked: Asked): boolean {
  const { symbol, tradingDate, openE2, highE2, lowE2, closeE2 } = bar;
  return isAsked(asked, symbol, tradingDate) && lowE2 > 0 &&
    lowE2 <= Math.min(openE2, closeE2) && highE2 >= Math.max(openE2, closeE2);
}

function isAsked({ symbol, from, to }: Asked, name: string, date: string): boolean {
  return (symbol === null || symbol === name) && from <= date && date <= to;
}
