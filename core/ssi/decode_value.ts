import type { FeedSide } from "../market/event.ts";
import type { Exchange, SessionCode } from "../market/phase.ts";
import { parseVnDate, parseVnTime, vnInstantMs } from "../market/time.ts";
import { priceToE2 } from "../market/units.ts";
import type { WireNumber } from "./fields.ts";
import { excerpt } from "./frame.ts";

/** Every reason for which a frame or a message is not turned into an event. */
export const REFUSAL_REASONS = [
  "too-large", // the text is longer than FRAME_CHARS_MAX
  "not-json", // one of the three JSON layers cannot be parsed
  "bad-envelope", // a frame, an invocation or a message without the shape it must have
  "unknown-method", // a callback that the hub does not have
  "unknown-type", // a DataType that is not read
  "bad-shape", // a field of a record has the wrong JSON type
  "bad-symbol",
  "bad-date", // no such day, none given, or not of this century
  "bad-time",
  "bad-number", // negative, endless, fractional where a count is due, or missing where needed
] as const;
export type RefusalReason = typeof REFUSAL_REASONS[number];

/** Why a message was refused; `detail` is short and never the whole payload. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly detail: string;
}

/** Highest price believed, VND or points. */
const PRICE_MAX = 1e12;
/** How far a volume may be from a whole number before it is no float noise. */
const WHOLE_TOLERANCE = 1e-3;

/** Dates believed: the year is four digits of somebody else's text. */
const DATE_MIN = "2000-01-01";
const DATE_MAX = "2099-12-31";

const DECIMAL = /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/;
const TICKER = /^[A-Z0-9]{1,20}$/;
const INDEX_ID = /^[A-Z0-9][A-Z0-9._-]{0,31}$/;

/** A price in hundredths; null for every way of saying "none" (0, "", "NaN", null, absent). */
export function readPriceE2(value: WireNumber, key: string, faults: Refusal[]): number | null {
  const price = readNumber(value, key, faults);
  if (price === null || price === 0) return null;
  if (price > 0 && price <= PRICE_MAX) {
    const priceE2 = priceToE2(price);
    return priceE2 === 0 ? null : priceE2;
  }
  faults.push({ reason: "bad-number", detail: `${key} is ${price}` });
  return null;
}

/** A volume or a count; null when the message gives none. */
export function readCount(value: WireNumber, key: string, faults: Refusal[]): number | null {
  const count = readNumber(value, key, faults);
  if (count === null) return null;
  const whole = Math.round(count);
  if (whole >= 0 && Math.abs(count - whole) <= WHOLE_TOLERANCE && Number.isSafeInteger(whole)) {
    return whole === 0 ? 0 : whole; // -0 would differ from 0 in the state hash
  }
  faults.push({ reason: "bad-number", detail: `${key} is ${count}` });
  return null;
}

/** An amount in whole VND, float noise rounded away; null when the message gives none. */
export function readVnd(value: WireNumber, key: string, faults: Refusal[]): number | null {
  const amount = readNumber(value, key, faults);
  if (amount === null) return null;
  const whole = Math.round(amount);
  if (whole >= 0 && Number.isSafeInteger(whole)) return whole === 0 ? 0 : whole;
  faults.push({ reason: "bad-number", detail: `${key} is ${amount}` });
  return null;
}

/** Upper-cases and checks a ticker or futures code; "" with a fault when it is none. */
export function readTicker(value: string | null | undefined, faults: Refusal[]): string {
  return readName(value, TICKER, "Symbol", faults);
}

/** Upper-cases and checks an index id; "" with a fault when it is none. */
export function readIndexId(value: string | null | undefined, faults: Refusal[]): string {
  return readName(value, INDEX_ID, "IndexId", faults);
}

/** When a message happened, as far as its own date and time say. */
export interface MessageTime {
  readonly tradingDate: string;
  readonly exchangeMs: number;
}

const NO_TIME: MessageTime = { tradingDate: "", exchangeMs: 0 };

/** Reads TradingDate with Time, or with the TradingTime of old samples. */
export function readTime(
  record: {
    readonly TradingDate?: string | null;
    readonly Time?: string | null;
    readonly TradingTime?: string | null;
  },
  faults: Refusal[],
): MessageTime {
  const day = readDay(record.TradingDate ?? "");
  if (day === null) {
    faults.push({ reason: "bad-date", detail: `TradingDate is "${record.TradingDate ?? ""}"` });
    return NO_TIME;
  }
  const time = record.Time ?? record.TradingTime ?? "";
  const second = parseVnTime(time);
  if (second === null) {
    faults.push({ reason: "bad-time", detail: excerpt(`Time is "${time}"`) });
    return NO_TIME;
  }
  return { tradingDate: day.date, exchangeMs: day.midnightMs + second * 1000 };
}

/** The board a message names, Exchange first; null for none and for boards we do not carry. */
export function readExchange(record: {
  readonly Exchange?: string | null;
  readonly MarketId?: string | null;
  readonly MarketID?: string | null;
}): Exchange | null {
  const text = record.Exchange || record.MarketId || record.MarketID;
  return text ? EXCHANGE_OF.get(text.toUpperCase()) ?? null : null;
}

/** A session code in the exchange's own spelling; null for none and for unknown ones. */
export function readSession(text: string | null | undefined): SessionCode | null {
  return text ? SESSION_OF.get(text.toUpperCase()) ?? null : null;
}

/** The aggressor by the exchange's flag; null for "Unknow", null and anything else. */
export function readSide(text: string | null | undefined): FeedSide | null {
  if (!text) return null;
  const code = text.toUpperCase();
  if (code === "BU") return "buy";
  return code === "SD" ? "sell" : null;
}

/** A text that may be missing: null instead of undefined or "". */
export function readText(text: string | null | undefined): string | null {
  return text ? excerpt(text) : null;
}

const EXCHANGE_OF: ReadonlyMap<string, Exchange> = new Map([
  ["HOSE", "HOSE"],
  ["HNX", "HNX"],
  ["UPCOM", "UPCOM"],
  ["DER", "DERIVATIVES"],
  ["DERIVATIVES", "DERIVATIVES"],
]);

const SESSION_OF: ReadonlyMap<string, SessionCode> = new Map([
  ["ATO", "ATO"],
  ["LO", "LO"],
  ["BREAK", "BREAK"],
  ["ATC", "ATC"],
  ["PT", "PT"],
  ["PLO", "PLO"],
  ["C", "C"],
  ["CLOSE", "C"],
  ["H", "H"],
  ["HALT", "H"],
]);

/** A number field that no schema has seen: what its JSON type cannot mean is a fault and null. */
export function readWireNumber(value: unknown, key: string, faults: Refusal[]): WireNumber {
  if (value === undefined || value === null || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  // 1e999 is valid JSON and reads as Infinity.
  const isNumber = typeof value === "number";
  const detail = isNumber ? `${key} is ${value}` : `${key} has the wrong type`;
  faults.push({ reason: isNumber ? "bad-number" : "bad-shape", detail });
  return null;
}

function readNumber(value: WireNumber, key: string, faults: Refusal[]): number | null {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return null;
  const text = value.trim();
  if (text === "" || text.toLowerCase() === "nan") return null;
  const number = DECIMAL.test(text) ? Number(text) : NaN;
  if (Number.isFinite(number)) return number;
  faults.push({ reason: "bad-number", detail: excerpt(`${key} is "${text}"`) });
  return null;
}

function readName(
  value: string | null | undefined,
  pattern: RegExp,
  key: string,
  faults: Refusal[],
): string {
  const name = (value ?? "").trim().toUpperCase();
  if (pattern.test(name)) return name;
  faults.push({ reason: "bad-symbol", detail: excerpt(`${key} is "${name}"`) });
  return "";
}

interface Day {
  readonly text: string;
  readonly date: string;
  readonly midnightMs: number;
}

/** The last date read: nearly every message of a day carries the same text. */
let lastDay: Day | null = null;

function readDay(text: string): Day | null {
  if (lastDay !== null && lastDay.text === text) return lastDay;
  const date = parseVnDate(text);
  if (date === null || date < DATE_MIN || date > DATE_MAX) return null;
  lastDay = { text, date, midnightMs: vnInstantMs(date, 0) };
  return lastDay;
}
