import { parseVnDate } from "../market/time.ts";

const KEY = "TradingDate";
/** Characters after the key in which its value must end, each quote escaped up to three times. */
const VALUE_CHARS_MAX = 64;
const VALUE = /^[\\"]*\s*:\s*[\\"]*(\d{2})\\*\/(\d{2})\\*\/(\d{4})/;
/** Keys without a readable date that are passed over before giving up. */
const KEYS_MAX = 16;

/**
 * The first trading date named in a raw frame (`YYYY-MM-DD`), or null. It scans the text and parses
 * no JSON, so the journal can file a frame under its day before anything has read it.
 */
export function tradingDateOf(text: string): string | null {
  let from = 0;
  for (let seen = 0; seen < KEYS_MAX; seen++) {
    const at = text.indexOf(KEY, from);
    if (at === -1) return null;
    from = at + KEY.length;
    const match = VALUE.exec(text.slice(from, from + VALUE_CHARS_MAX));
    if (match === null) continue;
    const date = parseVnDate(`${match[1]}/${match[2]}/${match[3]}`);
    if (date !== null) return date;
  }
  return null;
}
