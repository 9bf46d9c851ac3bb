import { parseFuturesCode } from "../../core/market/futures.ts";
import { formatVnDate } from "../../core/market/time.ts";
import type { Alert, AlertType } from "../../core/wire/alert.ts";
import { fill } from "../fill.ts";
import { formatPrice, formatScaled, type NumberStyle, signed } from "../number_format.ts";
import type { SignalWords } from "./signal_words.ts";

/** One figure behind an alert. */
export interface AlertFact {
  readonly name: string;
  readonly value: string;
}

/** Why an alert came, in the reader's language (N-22). */
export interface AlertExplanation {
  readonly sentence: string;
  readonly measured: readonly AlertFact[];
  readonly threshold: readonly AlertFact[];
}

type Scalar = number | string | null;

type Kind = "price" | "vnd" | "points" | "percent" | "times" | "volume";

/** What a figure of an alert counts; one that is not named here is a plain number. */
const KINDS: Readonly<Record<string, Kind>> = {
  ...{ price: "price", last: "price", ref: "price", ceiling: "price", floor: "price" },
  ...{ value: "vnd", value_min: "vnd", net_value: "vnd", past_net_value: "vnd", past_min: "vnd" },
  ...{ basis: "points", previous_basis: "points", change_pct: "percent", ratio: "times" },
  ...{ volume: "volume", total_volume: "volume", mean_volume: "volume", window_volume: "volume" },
};

const BILLION = 1_000_000_000;

/** Puts the figures of an alert into a sentence and into two lists. */
export function explainAlert(
  alert: Alert,
  words: SignalWords,
  style: NumberStyle,
): AlertExplanation {
  const { inputs, threshold } = alert.data;
  const write = (name: string, value: Scalar) => writeFigure(name, value, { alert, words, style });
  const values: Record<string, string> = { symbol: alert.symbol };
  for (const [name, value] of Object.entries(inputs)) values[name] = write(name, value);
  for (const [name, value] of Object.entries(threshold)) {
    values[`limit_${name}`] = write(name, value);
  }
  const facts = (figures: Readonly<Record<string, Scalar>>) =>
    Object.entries(figures).map(([name, value]) => ({
      name: (words.facts as Readonly<Record<string, string>>)[name] ?? name,
      value: write(name, value),
    }));
  const sentences = words.sentences as Readonly<Record<string, string>>;
  const sentence = sentences[
    alert.alert_type === "session_event" ? String(inputs["event"]) : alert.alert_type
  ];
  return {
    // A rule that this page does not know yet still tells its own sentence.
    sentence: sentence === undefined ? alert.data.explanation : fill(sentence, values),
    measured: facts(inputs),
    threshold: facts(threshold),
  };
}

interface FigureContext {
  readonly alert: Alert;
  readonly words: SignalWords;
  readonly style: NumberStyle;
}

function writeFigure(name: string, value: Scalar, context: FigureContext): string {
  if (value === null) return "–";
  if (typeof value === "string") return writeWord(name, value, context.words);
  const { words, style, alert } = context;
  const isFuture = parseFuturesCode(alert.symbol) !== null;
  switch (KINDS[name]) {
    case "price":
      return !isFuture
        ? fill(words.values.vnd, { n: formatScaled(Math.round(value), 0, style) })
        : fill(words.values.points, { n: formatPrice(value, "futuresPoint", style) });
    case "vnd":
      return `${decimals(value / BILLION, style)} ${style.billion}`;
    case "points":
      return fill(words.values.points, { n: signed(decimals(value, style), value) });
    case "percent":
      return `${decimals(value, style)}%`;
    case "volume":
      return fill(isFuture ? words.values.contracts : words.values.shares, {
        n: decimals(value, style),
      });
    case "times":
      return fill(words.values.times, { n: decimals(value, style) });
  }
  if (name === "minutes") return fill(words.values.minutes, { n: value });
  if (name === "seconds") return fill(words.values.seconds, { n: value });
  return decimals(value, style);
}

/** Two decimals where there are any. */
function decimals(value: number, style: NumberStyle): string {
  return Number.isInteger(value)
    ? formatScaled(value, 0, style)
    : formatScaled(Math.round(value * 100), 2, style);
}

/** Codes as words; what is no code stands as it is. */
function writeWord(name: string, value: string, words: SignalWords): string {
  const known: Readonly<Record<string, string>> = { ...words.phase, ...words.values };
  if (name === "trading_date") return formatVnDate(value);
  if (name === "rule") return words.types[value as AlertType] ?? value;
  return known[value] ?? value;
}
