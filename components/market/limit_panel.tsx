import type { JSX } from "preact";
import type { Row } from "../../core/wire/board.ts";
import type { LimitStay } from "../../core/wire/limit_stats.ts";
import { limitStays } from "../../core/wire/limit_stats.ts";
import type { LimitField } from "../../core/wire/limits.ts";
import { billionText } from "../billion_text.ts";
import { fill } from "../fill.ts";
import {
  formatCount,
  formatPrice,
  type NumberStyle,
  type PriceScale,
  priceUnitOf,
} from "../number_format.ts";
import type { MarketWords } from "./market_words.ts";

/** Rows at most; on a wild day hundreds of small securities stand at a limit. */
export const STAYS_SHOWN = 20;

interface LimitPanelProps {
  readonly rows: readonly Row<LimitField>[];
  readonly words: MarketWords;
  readonly style: NumberStyle;
  readonly scale: PriceScale;
}

/** Securities that stand at their ceiling or floor, or did so today: the largest queues first. */
export function LimitPanel({ rows, words, style, scale }: LimitPanelProps): JSX.Element {
  const text = words.limits;
  const stays = limitStays(rows);
  const headings = [
    ...[words.symbol, text.price, text.since, text.queue, text.queueValue, text.queueMax],
    ...[text.matched, text.reached, text.broken, text.minutes],
  ];
  const here = (limit: LimitStay["limit"]) =>
    stays.filter((stay) => stay.is_there && stay.limit === limit).length;
  const counts = { ceiling: here("ceiling"), floor: here("floor") };
  return (
    <section class="panel limit-panel" aria-labelledby="at-limits">
      <h2 id="at-limits">{text.title}</h2>
      {stays.length === 0 ? <p class="empty">{text.none}</p> : (
        <>
          <p class="note">{fill(text.counts, counts)}</p>
          <div class="table-scroll" role="region" aria-labelledby="at-limits" tabIndex={0}>
            <table class="data">
              <caption class="unseen">{text.title}</caption>
              <thead>
                <tr>{headings.map((heading) => <th key={heading} scope="col">{heading}</th>)}</tr>
              </thead>
              <tbody>
                {stays.slice(0, STAYS_SHOWN).map((stay) => (
                  <StayRow
                    key={`${stay.symbol} ${stay.limit}`}
                    {...{ stay, words, style, scale }}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {stays.length > STAYS_SHOWN && (
        <p class="note">{fill(text.further, { n: stays.length - STAYS_SHOWN })}</p>
      )}
      <p class="note">{text.rule}</p>
    </section>
  );
}

interface StayRowProps extends Omit<LimitPanelProps, "rows"> {
  readonly stay: LimitStay;
}

function StayRow({ stay, words, style, scale }: StayRowProps): JSX.Element {
  const { symbol, exchange, limit, limit_price: price } = stay;
  const tone = limit === "ceiling" ? "ce" : "fl";
  const unit = priceUnitOf(exchange === "DERIVATIVES", scale);
  const count = (volume: number | null) => volume === null ? "–" : formatCount(volume, style);
  return (
    <tr data-symbol={symbol} data-limit={limit} class={stay.is_there ? undefined : "dim"}>
      <th scope="row">
        <a href={`/stock/${symbol}`}>{symbol}</a>
      </th>
      <td class={`p ${tone}`}>
        <span class="unseen">{words.limits[limit]}</span>
        {price === null ? "–" : formatPrice(price, unit, style)}
      </td>
      <td>{stay.since ?? words.limits.left}</td>
      <td>{count(stay.queue_volume)}</td>
      <td>{stay.queue_value === null ? "–" : billionText(stay.queue_value, style)}</td>
      <td>{count(stay.queue_max)}</td>
      <td>{count(stay.matched_volume)}</td>
      <td>{count(stay.times_reached)}</td>
      <td>{count(stay.times_broken)}</td>
      <td>{minutesText(stay.seconds, style)}</td>
    </tr>
  );
}

/** Whole minutes; less than one is told as such. */
function minutesText(seconds: number, style: NumberStyle): string {
  return seconds < 60 ? "<1" : formatCount(Math.floor(seconds / 60), style);
}
