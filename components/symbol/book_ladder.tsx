import type { JSX } from "preact";
import { priceToE2 } from "../../core/market/units.ts";
import type { BoardRow, Row } from "../../core/wire/board.ts";
import type { BookField } from "../../core/wire/book.ts";
import { codeOf, toneOf } from "../cell_view.ts";
import { PartsBar } from "../charts/bars.tsx";
import { fill } from "../fill.ts";
import { formatCount, formatScaled } from "../number_format.ts";
import { depthOf, type Level, levelsOf } from "./book_levels.ts";
import { isAuction, matchingPause, percentText, type SymbolContext } from "./context.ts";
import { priceText } from "./price_text.ts";
import { TradeCost } from "./trade_cost.tsx";

interface BookLadderProps {
  /** Null before the first word of the book: then the board's row has its best levels. */
  readonly book: Row<BookField> | null;
  /** The board's row: limits for the colours, the session, three levels. */
  readonly row: BoardRow;
  readonly context: SymbolContext;
}

/** The orders that wait, best level on top; an empty side stays blank. */
export function BookLadder({ book, row, context }: BookLadderProps): JSX.Element {
  const { words, style } = context;
  const depth = depthOf(row);
  const held = book ?? row as Row<BookField>;
  const [bids, asks] = [levelsOf(held, "b", depth), levelsOf(held, "a", depth)];
  const largest = [...bids, ...asks].reduce((max, level) => Math.max(max, level?.volume ?? 0), 0);
  const isEmpty = bids[0] === undefined && asks[0] === undefined;
  const time = codeOf(held.time);
  return (
    <section class="panel book" aria-labelledby="book-title">
      <h2 id="book-title">{words.book}</h2>
      <table class="data ladder">
        <caption>
          {isEmpty || time === ""
            ? words.noBook
            : fill(words.bookAt, { time, levels: formatCount(depth, style) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.level}</th>
            <th scope="col">{words.bidVolume}</th>
            <th scope="col">{words.bid}</th>
            <th scope="col">{words.ask}</th>
            <th scope="col">{words.askVolume}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: depth }, (_, at) => (
            <tr key={at}>
              <th scope="row">{at + 1}</th>
              <VolumeCell level={bids[at]} side="bid" {...{ largest, row, context }} />
              <PriceCell level={bids[at]} {...{ row, context }} />
              <PriceCell level={asks[at]} {...{ row, context }} />
              <VolumeCell level={asks[at]} side="ask" {...{ largest, row, context }} />
            </tr>
          ))}
        </tbody>
      </table>
      <BookSummary {...{ bids, asks, context }} />
      <TradeCost pause={matchingPause(row)} {...{ bids, asks, context }} />
    </section>
  );
}

interface CellProps {
  readonly level: Level | undefined;
  readonly row: BoardRow;
  readonly context: SymbolContext;
}

function PriceCell({ level, row, context }: CellProps): JSX.Element {
  if (level === undefined) return <td></td>;
  if (level.price === null) return <td>{isAuction(row) ? codeOf(row.session) : "ATO/ATC"}</td>;
  return <td class={`p ${toneOf(level.price, row)}`}>{priceText(level.price, context.prices)}</td>;
}

interface VolumeCellProps extends CellProps {
  readonly side: "bid" | "ask";
  readonly largest: number;
}

function VolumeCell({ level, side, largest, context }: VolumeCellProps): JSX.Element {
  const share = level === undefined || largest === 0 ? 0 : level.volume / largest * 100;
  return (
    <td class="depth">
      <svg aria-hidden="true">
        <rect
          class={side}
          x={side === "bid" ? `${(100 - share).toFixed(1)}%` : "0"}
          width={`${share.toFixed(1)}%`}
          height="100%"
        />
      </svg>
      <span>{level === undefined ? "" : formatCount(level.volume, context.style)}</span>
    </td>
  );
}

interface SummaryProps {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly context: SymbolContext;
}

/** Which side is empty, the spread, and how the volumes in sight compare. */
function BookSummary({ bids, asks, context }: SummaryProps): JSX.Element {
  const { words, style } = context;
  const sumOf = (levels: readonly Level[]) => levels.reduce((sum, { volume }) => sum + volume, 0);
  const [bid, ask] = [sumOf(bids), sumOf(asks)];
  const whole = bid + ask;
  const part = (text: string, volume: number) =>
    fill(text, {
      volume: formatCount(volume, style),
      percent: percentText(volume, whole, style),
    });
  return (
    <>
      <p class="note">
        {whole > 0 && bid === 0 && <b class="warn">{words.noBids}</b>}
        {whole > 0 && ask === 0 && <b class="warn">{words.noAsks}</b>}
        {spreadText(bids, asks, context)}
      </p>
      <PartsBar
        label={words.balance}
        parts={[
          { key: "bid", value: bid, tone: "up", text: part(words.bidPart, bid) },
          { key: "ask", value: ask, tone: "dn", text: part(words.askPart, ask) },
        ]}
      />
      <p class="note split">
        <span>{part(words.bidPart, bid)}</span>
        <span>{part(words.askPart, ask)}</span>
      </p>
    </>
  );
}

function spreadText(
  bids: readonly Level[],
  asks: readonly Level[],
  { words, style, prices }: SymbolContext,
): string {
  const best = (levels: readonly Level[]) => levels.find(({ price }) => price !== null)?.price;
  const [bid, ask] = [best(bids), best(asks)];
  // In an auction the sides cross, and there is no spread.
  if (typeof bid !== "number" || typeof ask !== "number" || ask <= bid) return "";
  const spreadE2 = priceToE2(ask) - priceToE2(bid);
  return fill(words.spread, {
    spread: priceText(spreadE2 / 100, prices),
    percent: `${formatScaled(Math.round(spreadE2 / priceToE2(bid) * 10_000), 2, style)}%`,
  });
}
