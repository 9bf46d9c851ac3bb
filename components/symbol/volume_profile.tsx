import type { JSX } from "preact";
import type { BoardRow } from "../../core/wire/board.ts";
import { toneOf } from "../cell_view.ts";
import { fill } from "../fill.ts";
import { formatCount } from "../number_format.ts";
import { percentText, type SymbolContext } from "./context.ts";
import { priceText } from "./price_text.ts";
import { type PriceVolume, thinned } from "./volume_prices.ts";

/** Prices shown at most; with more of them neighbours share a row. */
const ROWS_MAX = 24;

interface VolumeProfileProps {
  readonly prices: readonly PriceVolume[];
  /** Where the volumes are from, in words. */
  readonly origin: string;
  readonly row: BoardRow;
  readonly context: SymbolContext;
}

/** Where the day's volume was traded: a bar for each price, cut by active side. */
export function VolumeProfile({ prices, origin, row, context }: VolumeProfileProps): JSX.Element {
  const { words, style } = context;
  const rows = thinned(prices, ROWS_MAX);
  const sumOf = ({ buy, sell, none }: PriceVolume) => buy + sell + none;
  const whole = rows.reduce((sum, each) => sum + sumOf(each), 0);
  const largest = rows.reduce<PriceVolume | null>(
    (max, each) => max === null || sumOf(each) > sumOf(max) ? each : max,
    null,
  );
  return (
    <section class="panel third profile" aria-labelledby="profile-title">
      <h2 id="profile-title">{words.profile}</h2>
      <p class="note">{origin}</p>
      {largest === null
        ? <p class="empty">{words.tapeEmpty}</p>
        : (
          <div class="table-scroll" tabIndex={0}>
            <table class="data">
              <caption>
                {fill(words.pointOfControl, {
                  price: priceText(largest.price, context.prices),
                  percent: percentText(sumOf(largest), whole, style),
                })}
              </caption>
              <thead>
                <tr>
                  <th scope="col">{words.price}</th>
                  <th scope="col">{words.tradeVolume}</th>
                  <th scope="col" class="wide">
                    {words.buy} · {words.none} · {words.sell}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((each) => (
                  <tr key={each.price}>
                    <th scope="row" class={`p ${toneOf(each.price, row)}`}>
                      {priceText(each.price, context.prices)}
                    </th>
                    <td>{formatCount(sumOf(each), style)}</td>
                    <td class="wide">
                      <SideBar volumes={each} largest={sumOf(largest)} context={context} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </section>
  );
}

interface SideBarProps {
  readonly volumes: PriceVolume;
  readonly largest: number;
  readonly context: SymbolContext;
}

function SideBar({ volumes, largest, context }: SideBarProps): JSX.Element {
  const { words, style } = context;
  const sum = volumes.buy + volumes.sell + volumes.none;
  const parts = [
    { value: volumes.buy, tone: "up", word: words.buyPart },
    { value: volumes.none, tone: "dim", word: words.nonePart },
    { value: volumes.sell, tone: "dn", word: words.sellPart },
  ];
  const text = parts.map(({ value, word }) =>
    fill(word, { volume: formatCount(value, style), percent: percentText(value, sum, style) })
  ).join(", ");
  let x = 0;
  return (
    <svg class="side-bar" role="img" aria-label={text}>
      <title>{text}</title>
      {parts.map(({ value, tone }) => {
        const width = value / largest * 100;
        x += width;
        return (
          <rect
            key={tone}
            class={tone}
            x={`${(x - width).toFixed(2)}%`}
            width={`${width.toFixed(2)}%`}
            height="100%"
          />
        );
      })}
    </svg>
  );
}
