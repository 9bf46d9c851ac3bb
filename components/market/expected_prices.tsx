import type { JSX } from "preact";
import type { BoardRow } from "../../core/wire/board.ts";
import { percentCell, positiveOf, toneOf } from "../cell_view.ts";
import { formatPrice, type NumberStyle, type PriceScale, priceUnitOf } from "../number_format.ts";
import type { AuctionLines } from "./auction_course.ts";
import type { MarketWords } from "./market_words.ts";

interface ExpectedPricesProps {
  readonly lines: AuctionLines;
  readonly rows: readonly BoardRow[];
  readonly words: MarketWords;
  readonly style: NumberStyle;
  readonly scale: PriceScale;
}

/** The expected price of each member in an auction, and between which it moved. */
export function ExpectedPrices(
  { lines, rows, words, style, scale }: ExpectedPricesProps,
): JSX.Element | null {
  if (lines.members.length === 0) return null;
  const bySymbol = new Map(rows.map((row) => [row.symbol, row]));
  const title = `${words.expected}: ${words.auctionNames[lines.auction]}`;
  const headings = [
    ...[words.symbol, words.prior, words.expectedPrice, words.changePct],
    ...[words.lowest, words.highest],
  ];
  return (
    <details class="chart-table">
      <summary>{words.expected}</summary>
      <div class="table-scroll" tabIndex={0}>
        <table class="data">
          <caption>{title}</caption>
          <thead>
            <tr>{headings.map((heading) => <th key={heading} scope="col">{heading}</th>)}</tr>
          </thead>
          <tbody>
            {lines.members.map(([symbol, low, high, newest]) => (
              <tr key={symbol}>
                <th scope="row">{symbol}</th>
                <ExpectedCells
                  row={bySymbol.get(symbol)}
                  newest={newest}
                  range={[low, high]}
                  price={(value) => formatPrice(value, priceUnitOf(false, scale), style)}
                  style={style}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

interface ExpectedCellsProps {
  readonly row: BoardRow | undefined;
  readonly newest: number;
  readonly range: readonly number[];
  readonly price: (value: number) => string;
  readonly style: NumberStyle;
}

function ExpectedCells(
  { row, newest, range, price, style }: ExpectedCellsProps,
): JSX.Element {
  const ref = positiveOf(row?.ref);
  const limits = row ?? {};
  const tone = toneOf(newest, limits);
  return (
    <>
      <td>{ref === null ? "–" : price(ref)}</td>
      <td class={`p ${tone}`}>{price(newest)}</td>
      <td class={tone}>{ref === null ? "–" : percentCell(newest, ref, tone, style).text}</td>
      {range.map((value, at) => <td key={at} class={toneOf(value, limits)}>{price(value)}</td>)}
    </>
  );
}
