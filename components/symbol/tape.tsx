import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { formatVnTime, vnSecondOfDay } from "../../core/market/time.ts";
import type { BoardRow } from "../../core/wire/board.ts";
import { toneOf } from "../cell_view.ts";
import { fill } from "../fill.ts";
import { formatCount } from "../number_format.ts";
import type { SymbolContext } from "./context.ts";
import { priceText } from "./price_text.ts";
import type { StandingTrades, Trade } from "./trade.ts";

/** Rows shown at most; the panel scrolls and is not endless. */
const ROWS_MAX = 60;
/** Least volumes that a reader may choose, in shares and in contracts. */
const SHARES = [0, 1_000, 10_000, 50_000] as const;
const CONTRACTS = [0, 5, 20, 100] as const;

interface TapeProps {
  readonly standing: StandingTrades;
  readonly row: BoardRow;
  readonly context: SymbolContext;
}

/** The newest trades, each with its side and how that was found. */
export function Tape({ standing, row, context }: TapeProps): JSX.Element {
  const { words, style, prices } = context;
  const [least, setLeast] = useState(0);
  const { trades, isAfterVoid } = standing;
  const shown: Trade[] = [];
  for (let i = trades.length - 1; i >= 0 && shown.length < ROWS_MAX; i--) {
    if (trades[i]!.volume >= least) shown.push(trades[i]!);
  }
  const count = formatCount(trades.length, style);
  return (
    <section class="panel third tape" aria-labelledby="tape-title">
      <h2 id="tape-title">{words.tape}</h2>
      <div class="chips live-only" role="group" aria-label={words.minimum}>
        {(prices.isFuture ? CONTRACTS : SHARES).map((volume) => (
          <button
            key={volume}
            type="button"
            aria-pressed={least === volume}
            onClick={() => setLeast(volume)}
          >
            {volume === 0 ? words.all : `≥ ${formatCount(volume, style)}`}
          </button>
        ))}
      </div>
      {isAfterVoid && <p class="note">{words.tapeVoid}</p>}
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="tape-title">
        <table class="data">
          <caption>{fill(words.tapeCaption, { count })}</caption>
          <thead>
            <tr>
              <th scope="col">{words.at}</th>
              <th scope="col">{words.price}</th>
              <th scope="col">{words.tradeVolume}</th>
              <th scope="col">{words.side}</th>
              <th scope="col">{words.method}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((trade) => <TapeRow key={trade.total} {...{ trade, row, context }} />)}
          </tbody>
        </table>
        {shown.length === 0 && (
          <p class="empty">
            {trades.length === 0 ? words.tapeEmpty : fill(words.tapeNone, { count })}
          </p>
        )}
      </div>
    </section>
  );
}

interface TapeRowProps {
  readonly trade: Trade;
  readonly row: BoardRow;
  readonly context: SymbolContext;
}

function TapeRow({ trade, row, context }: TapeRowProps): JSX.Element {
  const { words, style, prices } = context;
  const { timeMs, price, volume, side, method, isLate } = trade;
  const tone = side === "buy" ? "up" : side === "sell" ? "dn" : "dim";
  return (
    <tr>
      <th scope="row">{formatVnTime(vnSecondOfDay(timeMs))}</th>
      <td class={`p ${toneOf(price, row)}`}>{priceText(price, prices)}</td>
      <td class={tone}>{formatCount(volume, style)}</td>
      <td class={tone}>{words.sides[side]}</td>
      <td class="dim">
        {words.methods[method]}
        {isLate && <span class="tag">{words.late}</span>}
      </td>
    </tr>
  );
}
