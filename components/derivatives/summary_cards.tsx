import type { JSX } from "preact";
import { formatVnDate, vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import { timetablesOn } from "../../core/market/phase.ts";
import { fill } from "../fill.ts";
import type { NumberStyle } from "../number_format.ts";
import { type ContractView, timeToExpiry } from "./contracts.ts";
import type { DerivativeWords } from "./derivative_words.ts";
import {
  clockText,
  count,
  type Figure,
  futuresPoints,
  level,
  percent,
  points,
  price,
} from "./figures.ts";

interface SummaryCardsProps {
  readonly contract: ContractView;
  /** Exchange time, Unix ms; null before the first number. */
  readonly nowMs: number | null;
  readonly words: DerivativeWords;
  readonly style: NumberStyle;
}

/** What a trader asks first of a future: price, basis, fair value, convergence, expiry, volume. */
export function SummaryCards({ contract, nowMs, words, style }: SummaryCardsProps): JSX.Element {
  const { basis, trend } = contract;
  const oi = contract.open_interest;
  return (
    <ul class="cards futures-cards">
      <Card
        title={`${contract.alias} · ${words.price}`}
        figure={price(contract.last, contract, style)}
        note={contract.change === null
          ? ""
          : `${futuresPoints(contract.change, style).text} (${
            percent(contract.change_pct, style).text
          })`}
      />
      <Card
        title={words.basis}
        figure={points(basis, style)}
        note={basis === null
          ? words.noBasis
          : `${premiumWord(basis, words)} · ${percent(contract.basis_pct, style).text}`}
      />
      <Card
        title={fill(words.spot, { name: contract.underlying ?? "" })}
        figure={{ text: level(contract.spot, style), tone: "" }}
        note={isIndexTraded(contract) ? contract.basis_time ?? "" : words.noSpot}
      />
      <Card
        title={`${words.fair} ${level(contract.fair_value, style)}`}
        figure={points(contract.rich, style)}
        note={contract.rich === null ? words.noBand : richText(contract, words, style)}
      />
      <Card
        title={words.trend}
        figure={{ text: trendWord(trend, words), tone: "" }}
        note={contract.slope === null
          ? words.noTrend
          : fill(words.slope, { slope: points(contract.slope, style).text })}
        isWord
      />
      <Card
        title={words.expiry}
        figure={{
          text: contract.expiry === null ? "–" : formatVnDate(contract.expiry),
          tone: "",
        }}
        note={expiryText(contract.expiry, nowMs, words)}
      />
      <Card
        title={words.volume}
        figure={{ text: count(contract.volume, style), tone: "" }}
        note={fill(words.oi, { oi: oi === null ? words.noOpenInterest : count(oi, style) })}
      />
    </ul>
  );
}

interface CardProps {
  readonly title: string;
  readonly figure: Figure;
  readonly note: string;
  readonly isWord?: boolean;
}

function Card({ title, figure: { text, tone }, note, isWord }: CardProps): JSX.Element {
  return (
    <li class="card">
      <h2>{title}</h2>
      <p class={`figure ${isWord ? "word" : ""} ${tone === "" ? "" : `${tone} p`}`}>{text}</p>
      <p class="note">{note}</p>
    </li>
  );
}

/** Whether the index has a value of today; before, what the feed sends is yesterday's close. */
function isIndexTraded({ spot, fair_value }: ContractView): boolean {
  return spot === null || fair_value !== null;
}

/** A basis of exactly zero is neither premium nor discount (B-10). */
function premiumWord(basis: number, words: DerivativeWords): string {
  return basis > 0 ? words.premium : basis < 0 ? words.discount : words.level;
}

export function trendWord(trend: string | null, words: DerivativeWords): string {
  switch (trend) {
    case "converging":
      return `→← ${words.converging}`;
    case "diverging":
      return `←→ ${words.diverging}`;
    case "flat":
      return `= ${words.flat}`;
    default:
      return "–";
  }
}

/** Rich or cheap, and what that is in VND for one contract (N-09). */
export function richText(
  { rich, rich_vnd }: Pick<ContractView, "rich" | "rich_vnd">,
  words: DerivativeWords,
  style: NumberStyle,
): string {
  if (rich === null || rich_vnd === null) return "–";
  const word = rich > 0 ? words.rich : rich < 0 ? words.cheap : words.fair;
  return `${word} · ${fill(words.perContract, { vnd: count(Math.abs(rich_vnd), style) })}`;
}

/** How long a contract still trades: days and sessions, on its last day hours. */
export function expiryText(
  expiry: string | null,
  nowMs: number | null,
  words: DerivativeWords,
): string {
  if (expiry === null || nowMs === null) return "";
  const today = vnDate(nowMs);
  if (today < expiry) return fill(words.daysLeft, { ...timeToExpiry(today, expiry) });
  const rows = timetablesOn(expiry).DERIVATIVES;
  const left = rows.at(-1)![0] - vnSecondOfDay(nowMs);
  return today > expiry || left <= 0 ? words.expired : fill(words.today, { time: clockText(left) });
}
