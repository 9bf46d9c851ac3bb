import type { JSX } from "preact";
import { parseFuturesCode } from "../../core/market/futures.ts";
import { formatVnDate } from "../../core/market/time.ts";
import { priceToE2 } from "../../core/market/units.ts";
import type { BoardRow } from "../../core/wire/board.ts";
import { billionText } from "../billion_text.ts";
import { matchPrice } from "../board/board_columns.ts";
import type { LimitStay } from "../../core/wire/limit_stats.ts";
import {
  codeOf,
  numberOf,
  percentCell,
  positiveOf,
  signTone,
  type Tone,
  toneOf,
} from "../cell_view.ts";
import { fill } from "../fill.ts";
import { formatCount, signed } from "../number_format.ts";
import { LimitLine } from "./limit_line.tsx";
import type { SymbolContext } from "./context.ts";
import { averageText, priceText } from "./price_text.ts";
import type { SymbolWords } from "./symbol_words.ts";

/** Trading status codes that need no mark. */
const ORDINARY_STATUS = new Set(["", "N", "Normal", "Active"]);

interface SymbolHeadProps {
  readonly row: BoardRow;
  /** Name of the company or of the contract, and that of the sector; "" where none is known. */
  readonly company: string;
  readonly sector: string;
  /** Its stay at a price limit; null while it is at none. */
  readonly stay: LimitStay | null;
  readonly context: SymbolContext;
}

/** Who it is and where its price stands. */
export function SymbolHead(
  { row, company, sector, stay, context }: SymbolHeadProps,
): JSX.Element {
  const { symbol, words, prices } = context;
  const match = matchPrice(row);
  const tone = toneOf(match?.price ?? null, row);
  const status = statusMark(row);
  const [change, percent] = changeTexts(row, context);
  return (
    <section class="panel symbol-head" aria-label={symbol}>
      <div>
        <p class="symbol-name">
          <b>{symbol}</b>
          <span class="tag">{exchangeName(row, words)}</span>
          {status !== "" && <span class="tag warn">{words.status}: {status}</span>}
          <span class="dim">{futureText(symbol, words) ?? sector}</span>
        </p>
        {company !== "" && <p class="symbol-company">{company}</p>}
        <p class="symbol-last">
          {match === null ? <span class="dim">{words.noTrade}</span> : (
            <>
              <strong class={`p ${tone}`}>{priceText(match.price, prices)}</strong>
              <span class={tone}>{change}</span>
              <span class={tone}>{percent}</span>
              {match.expected && <span class="dim">{words.expected}</span>}
            </>
          )}
        </p>
        {stay !== null && <LimitLine stay={stay} context={context} />}
      </div>
      <dl class="facts">
        {factsOf(row, context).map(({ key, term, text, tone }) => (
          <div key={key}>
            <dt>{term}</dt>
            <dd class={tone === "" ? undefined : `p ${tone}`}>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Symbol, price, change and company, for the title of the page: a tab shows what comes first. */
export function titleText(
  row: BoardRow | null,
  company: string,
  context: SymbolContext,
): string {
  return [priceTitle(row, context), company].filter((part) => part !== "").join(" · ");
}

function priceTitle(row: BoardRow | null, { symbol, prices, style }: SymbolContext): string {
  const match = row === null ? null : matchPrice(row);
  if (row === null || match === null) return symbol;
  const ref = positiveOf(row.ref);
  const percent = ref === null ? "" : percentCell(match.price, ref, "", style).text;
  return [symbol, priceText(match.price, prices), percent].filter((part) => part !== "").join(" ");
}

function exchangeName(row: BoardRow, words: SymbolWords): string {
  const code = codeOf(row.exchange);
  return words.exchange[code as keyof SymbolWords["exchange"]] ?? (code || "–");
}

/** The code of a trading that is not as usual, else "". */
function statusMark(row: BoardRow): string {
  const status = codeOf(row.status);
  return ORDINARY_STATUS.has(status) ? "" : status;
}

function futureText(symbol: string, words: SymbolWords): string | null {
  const future = parseFuturesCode(symbol);
  if (future === null) return null;
  const { underlying, lastTradingDate } = future;
  return fill(words.future, { underlying, expiry: formatVnDate(lastTradingDate) });
}

function changeTexts(row: BoardRow, { prices, style }: SymbolContext): [string, string] {
  const match = matchPrice(row);
  const ref = positiveOf(row.ref);
  if (match === null || ref === null) return ["", ""];
  const change = (priceToE2(match.price) - priceToE2(ref)) / 100;
  return [
    signed(priceText(change, prices), change),
    percentCell(match.price, ref, "", style).text,
  ];
}

interface Fact {
  readonly key: string;
  readonly term: string;
  readonly text: string;
  readonly tone: Tone;
}

function factsOf(row: BoardRow, { words, style, prices }: SymbolContext): Fact[] {
  const price = (key: "ref" | "ceil" | "floor" | "open" | "high" | "low"): Fact => {
    const value = positiveOf(row[key]);
    const text = value === null ? "–" : priceText(value, prices);
    return { key, term: words[key], text, tone: toneOf(value, row) };
  };
  const plain = (key: string, term: string, text: string | null): Fact => {
    return { key, term, text: text ?? "–", tone: "" };
  };
  const count = (key: "lastVol" | "vol", term: string) => {
    const value = positiveOf(row[key]);
    return plain(key, term, value === null ? null : formatCount(value, style));
  };
  const average = positiveOf(row.avg);
  const value = positiveOf(row.val);
  const basis = numberOf(row.basis);
  return [
    ...(["ceil", "ref", "floor", "open", "high", "low"] as const).map(price),
    {
      ...{ key: "avg", term: words.average, tone: toneOf(average, row) },
      text: average === null ? "–" : averageText(average, prices),
    },
    count("lastVol", words.lastVolume),
    count("vol", words.volume),
    plain("val", words.value, value === null ? null : billionText(value, style)),
    ...(basis === null ? [] : [{
      key: "basis",
      term: words.basis,
      text: signed(priceText(basis, prices), basis),
      tone: signTone(basis),
    }]),
    plain("time", words.time, codeOf(row.time) || null),
  ];
}
