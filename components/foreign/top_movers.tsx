import type { JSX } from "preact";
import type { ForeignInvestorData } from "../../core/wire/foreign_out.ts";
import { topMovers } from "../../core/wire/foreign_summary.ts";
import { signTone } from "../cell_view.ts";
import type { NumberStyle } from "../number_format.ts";
import { amountText, netText } from "./amounts.ts";
import type { ForeignWords } from "./foreign_words.ts";

const TOP = 10;

interface TopMoversProps {
  readonly stocks: readonly ForeignInvestorData[];
  readonly words: ForeignWords;
  readonly style: NumberStyle;
}

/** The largest net buys and net sells by value, side by side (F-226). */
export function TopMovers({ stocks, words, style }: TopMoversProps): JSX.Element {
  const { buy, sell } = topMovers(stocks, TOP);
  return (
    <>
      <TopTable title={words.topBuy} stocks={buy} words={words} style={style} />
      <TopTable title={words.topSell} stocks={sell} words={words} style={style} />
    </>
  );
}

function TopTable(
  { title, stocks, words, style }: TopMoversProps & { readonly title: string },
): JSX.Element {
  return (
    <section class="panel half top">
      <div class="table-scroll" tabIndex={0} role="region" aria-label={title}>
        <table class="data">
          <caption>
            <h2>{title}</h2>
          </caption>
          <thead>
            <tr>
              <th scope="col">{words.symbol}</th>
              <th scope="col">{words.netBillion}</th>
              <th scope="col">{words.buyBillion}</th>
              <th scope="col">{words.sellBillion}</th>
            </tr>
          </thead>
          <tbody>
            {stocks.map((stock) => (
              <tr key={stock.symbol}>
                <th scope="row">
                  <a href={`/stock/${stock.symbol}`}>{stock.symbol}</a>
                </th>
                <td class={`p ${signTone(stock.net_value!)}`}>{netText(stock, style)}</td>
                <td>{amountText(stock, stock.buy_value, style)}</td>
                <td>{amountText(stock, stock.sell_value, style)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {stocks.length === 0 && <p class="empty">{words.noTop}</p>}
      </div>
    </section>
  );
}
