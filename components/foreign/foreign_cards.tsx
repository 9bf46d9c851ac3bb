import type { JSX } from "preact";
import type { FlowField } from "../../core/wire/analytics.ts";
import type { Row } from "../../core/wire/board.ts";
import { flowOut, type ScopeFlowOut } from "../../core/wire/foreign_out.ts";
import type { Num } from "../../core/wire/cells.ts";
import { signTone } from "../cell_view.ts";
import { fill } from "../fill.ts";
import {
  formatBillions,
  formatCount,
  formatMillions,
  type NumberStyle,
  signed,
} from "../number_format.ts";
import type { ForeignWords } from "./foreign_words.ts";

/** What one card says of a scope. */
interface Figure {
  readonly text: string;
  readonly tone: string;
  /** The same in another measure. */
  readonly more: string;
}

interface Card {
  readonly key: string;
  readonly title: string;
  readonly figure: (flow: ScopeFlowOut | null) => Figure;
}

interface ForeignCardsProps {
  readonly flow: readonly Row<FlowField>[];
  readonly words: ForeignWords;
  readonly style: NumberStyle;
  /** Securities whose values are estimates. */
  readonly approximate: number;
}

/** Sums of the day and speeds of now, of VN30 and of the whole market. */
export function ForeignCards(
  { flow, words, style, approximate }: ForeignCardsProps,
): JSX.Element {
  const of = (name: string) => flowOut(flow.find(({ symbol }) => symbol === name) ?? null);
  const [members, market] = [of("VN30"), of("ALL")];
  return (
    <>
      <ul class="cards foreign-cards">
        {cardsOf(words, style).map(({ key, title, figure }) => {
          const [first, second] = [figure(members), figure(market)];
          return (
            <li key={key} class="card">
              <h2>{title}</h2>
              <p class="figure">
                <small>{words.vn30}</small>
                <span class={first.tone}>{first.text}</span>
              </p>
              <p class="more">{first.more}</p>
              <p class="market">
                <small>{words.all}</small> <span class={second.tone}>{second.text}</span>
              </p>
              <p class="more">{second.more}</p>
            </li>
          );
        })}
      </ul>
      {approximate > 0 && (
        <p class="cards-note">{fill(words.approximateCards, { n: approximate })}</p>
      )}
    </>
  );
}

function cardsOf(words: ForeignWords, style: NumberStyle): readonly Card[] {
  const amount = (value: Num, shares: Num): Figure => ({
    text: value === null ? "–" : formatBillions(value, style),
    tone: "",
    more: shares === null ? "–" : `${formatMillions(shares, style)} ${words.shares}`,
  });
  const speed = (shares: Num, acceleration: Num): Figure => ({
    text: shares === null ? "–" : `${formatCount(shares, style)} ${words.sharesPerMinute}`,
    tone: "",
    more: fill(words.acceleration, {
      n: acceleration === null ? "–" : signed(formatCount(acceleration, style), acceleration),
    }),
  });
  return [
    {
      key: "buy",
      title: words.buy,
      figure: (flow) => amount(flow?.buy_value ?? null, flow?.buy_volume ?? null),
    },
    {
      key: "sell",
      title: words.sell,
      figure: (flow) => amount(flow?.sell_value ?? null, flow?.sell_volume ?? null),
    },
    {
      key: "net",
      title: words.net,
      figure(flow) {
        const net = flow?.net_value ?? null;
        const figure = amount(net, flow?.net_volume ?? null);
        if (net === null) return figure;
        return { ...figure, text: signed(figure.text, net), tone: `p ${signTone(net)}` };
      },
    },
    {
      key: "buySpeed",
      title: words.buySpeed,
      figure: (flow) => speed(flow?.buy_speed ?? null, flow?.buy_acceleration ?? null),
    },
    {
      key: "sellSpeed",
      title: words.sellSpeed,
      figure: (flow) => speed(flow?.sell_speed ?? null, flow?.sell_acceleration ?? null),
    },
  ];
}
