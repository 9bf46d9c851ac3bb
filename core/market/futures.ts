import { isTradingDay } from "./calendar.ts";
import { MATURITIES } from "./maturities.ts";
import { addDays, weekday } from "./time.ts";

/** A listed future, read from its code. */
export interface FuturesContract {
  readonly code: string;
  readonly underlying: "VN30" | "VN100" | "GB05" | "GB10";
  /** Month of expiry, `YYYY-MM`. */
  readonly month: string;
  readonly lastTradingDate: string;
}

/** Year letters of the KRX scheme: a 30-year cycle from 2010 without I, O and U. */
const YEAR_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRSTVW";
const MONTH_SYMBOLS = "123456789ABC";
const UNDERLYINGS = { I1: "VN30", I2: "VN100", B5: "GB05", BA: "GB10" } as const;
const KRX = /^41(I1|I2|B5|BA)([0-9A-HJ-NP-TVW])([1-9ABC])000$/;
const OLD = /^VN30F(\d{2})(0[1-9]|1[0-2])$/;
/** Names of the four listed maturities that stay while the contracts under them change. */
const ALIAS = /^(VN30|VN100)F([12][MQ])$/;

/** Reads a KRX code (`41I1GC000`) or an old one (`VN30F2606`); null for anything else. */
export function parseFuturesCode(text: string): FuturesContract | null {
  const code = text.toUpperCase();
  const krx = KRX.exec(code);
  if (krx !== null) {
    const year = 2010 + YEAR_SYMBOLS.indexOf(krx[2]!);
    const underlying = UNDERLYINGS[krx[1] as keyof typeof UNDERLYINGS];
    return contract(code, underlying, year, MONTH_SYMBOLS.indexOf(krx[3]!) + 1);
  }
  const old = OLD.exec(code);
  return old === null ? null : contract(code, "VN30", 2000 + Number(old[1]), Number(old[2]));
}

/** The KRX code of the VN30 future that expires in a month of a year. */
export function vn30FuturesCode(year: number, month: number): string {
  return krxCode("I1", year, month);
}

/** The contract that a rolling name (`VN30F1M`, `VN100F2Q`) stands for on a date; null for any other. */
export function resolveAlias(alias: string, date: string): FuturesContract | null {
  const match = ALIAS.exec(alias.toUpperCase());
  if (match === null) return null;
  const listed = listedFutures(match[1] === "VN30" ? "I1" : "I2", date);
  return listed[MATURITIES.indexOf(match[2]!)]!;
}

/** What traders call a listed index future on a date, such as `VN30F1M`; null for any other code. */
export function futuresAlias(code: string, date: string): string | null {
  const contract = parseFuturesCode(code);
  if (contract === null) return null;
  const { underlying, month } = contract;
  return MATURITIES.map((maturity) => `${underlying}F${maturity}`)
    .find((alias) => resolveAlias(alias, date)?.month === month) ?? null;
}

/**
 * The four VN30 futures listed on a date: nearest month, next month, and the last months of the
 * next two quarters. The nearest month moves on the day after its last trading day.
 */
export function listedVn30Futures(date: string): FuturesContract[] {
  return listedFutures("I1", date);
}

function listedFutures(underlying: "I1" | "I2", date: string): FuturesContract[] {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const expired = date > lastTradingDate(year, month);
  const front = year * 12 + month - 1 + (expired ? 1 : 0);
  const months = [front, front + 1];
  for (let m = front + 2; months.length < 4; m++) {
    if (m % 3 === 2) months.push(m);
  }
  return months.map((m) => parseFuturesCode(krxCode(underlying, Math.floor(m / 12), m % 12 + 1))!);
}

function krxCode(underlying: keyof typeof UNDERLYINGS, year: number, month: number): string {
  return `41${underlying}${YEAR_SYMBOLS[(year - 2010) % 30]}${MONTH_SYMBOLS[month - 1]}000`;
}

function contract(
  code: string,
  underlying: FuturesContract["underlying"],
  year: number,
  month: number,
): FuturesContract {
  return {
    code,
    underlying,
    month: `${year}-${String(month).padStart(2, "0")}`,
    lastTradingDate: lastTradingDate(year, month),
  };
}

/** Third Thursday of the month, or the trading day before it when that is a holiday. */
function lastTradingDate(year: number, month: number): string {
  const first = `${year}-${String(month).padStart(2, "0")}-01`;
  let date = addDays(first, (4 - weekday(first) + 7) % 7 + 14);
  while (!isTradingDay(date)) date = addDays(date, -1);
  return date;
}
