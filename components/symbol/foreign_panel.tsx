import type { JSX } from "preact";
import type { ForeignField } from "../../core/wire/analytics.ts";
import type { BoardRow, Row } from "../../core/wire/board.ts";
import { type ForeignOut, foreignOut } from "../../core/wire/foreign_out.ts";
import { signTone } from "../cell_view.ts";
import { fill } from "../fill.ts";
import { formatCount, formatPercent, signed } from "../number_format.ts";
import { billionText } from "../billion_text.ts";
import type { SymbolContext } from "./context.ts";

/** Longest time that the room clock tells; beyond it the trading day is long over. */
const CLOCK_MINUTES_MAX = 10_000;

interface ForeignPanelProps {
  readonly flow: Row<ForeignField> | null;
  readonly row: BoardRow;
  readonly context: SymbolContext;
}

/** Foreign buying and selling of the day, and how long the room lasts (N-08). */
export function ForeignPanel({ flow, row, context }: ForeignPanelProps): JSX.Element {
  const { words } = context;
  const out = foreignOut(flow, row);
  const isKnown = out.buy_volume !== null || out.sell_volume !== null;
  return (
    <section class="panel foreign" aria-labelledby="foreign-title">
      <h2 id="foreign-title">{words.foreign}</h2>
      {isKnown
        ? <ForeignFacts out={out} context={context} />
        : <p class="empty">{context.prices.isFuture ? words.noForeignFuture : words.noForeign}</p>}
    </section>
  );
}

interface ForeignFactsProps {
  readonly out: ForeignOut;
  readonly context: SymbolContext;
}

function ForeignFacts({ out, context }: ForeignFactsProps): JSX.Element {
  const { words, style } = context;
  const mark = out.is_approximate === true ? "≈ " : "";
  const count = (value: number | null) => value === null ? "–" : formatCount(value, style);
  const billions = (value: number | null) =>
    value === null ? "–" : mark + billionText(value, style);
  const net = (value: number | null, text: (value: number) => string, mark = "") =>
    value === null
      ? <td>–</td>
      : <NetCell value={value} text={mark + signed(text(value), value)} />;
  return (
    <>
      <table class="data">
        <thead>
          <tr>
            <th scope="col"></th>
            <th scope="col">{words.foreignBuy}</th>
            <th scope="col">{words.foreignSell}</th>
            <th scope="col">{words.foreignNet}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words.tradeVolume}</th>
            <td>{count(out.buy_volume)}</td>
            <td>{count(out.sell_volume)}</td>
            {net(out.net_volume, count)}
          </tr>
          <tr>
            <th scope="row">{words.foreignValue}</th>
            <td>{billions(out.buy_value)}</td>
            <td>{billions(out.sell_value)}</td>
            {net(out.net_value, (value) => billionText(value, style), mark)}
          </tr>
          <tr>
            <th scope="row">{words.speed}</th>
            <td>{count(out.buy_speed)}</td>
            <td>{count(out.sell_speed)}</td>
            {net(difference(out.buy_speed, out.sell_speed), count)}
          </tr>
        </tbody>
      </table>
      <dl class="facts">
        <Fact term={words.room} text={count(out.current_room)} />
        <Fact term={words.totalRoom} text={out.total_room === 0 ? "–" : count(out.total_room)} />
        <Fact
          term={words.roomUsed}
          text={out.room_used_pct === null ? "–" : formatPercent(out.room_used_pct, style)}
        />
      </dl>
      <p class="note">
        <b>{words.roomClock}:</b> {clockText(out, context)}
      </p>
      {mark !== "" && <p class="note">{words.approximate}</p>}
    </>
  );
}

/** A difference of buying and selling: green above zero, as on the page of foreign flow. */
function NetCell({ value, text }: { readonly value: number; readonly text: string }) {
  return <td class={`p ${signTone(value)}`}>{text}</td>;
}

function Fact({ term, text }: { readonly term: string; readonly text: string }): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function clockText(out: ForeignOut, { words, style }: SymbolContext): string {
  if (out.current_room === null || out.total_room === 0) return words.roomUnknown;
  const left = out.room_exhaustion_minutes;
  if (left === null || left > CLOCK_MINUTES_MAX) return words.roomStill;
  const whole = Math.max(1, Math.round(left));
  const time = whole < 60
    ? fill(words.minutes, { minutes: whole })
    : fill(words.hours, { hours: formatCount(Math.floor(whole / 60), style), minutes: whole % 60 });
  return fill(words.roomMinutes, { time });
}
