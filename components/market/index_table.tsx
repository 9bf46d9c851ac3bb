import type { JSX } from "preact";
import type { IndexRow } from "../../core/wire/board.ts";
import { BREADTH_INDICES } from "../../core/wire/index_breadth.ts";
import type { NumberStyle } from "../number_format.ts";
import { Cell, indexName, putThroughText } from "./index_card.tsx";
import type { MarketWords } from "./market_words.ts";

interface IndexTableProps {
  readonly rows: readonly IndexRow[];
  readonly words: MarketWords;
  readonly style: NumberStyle;
}

const COLUMNS = ["value", "change", "percent", "val"] as const;
const BREADTH = ["up", "same", "down"] as const;

/** Where a link to an index leads: to its card where it has one, else to its row. */
function anchorOf(id: string): string | undefined {
  return (BREADTH_INDICES as readonly string[]).includes(id) ? undefined : id;
}

/** Every index of the feed with its value, turnover, put-through share and breadth. */
export function IndexTable({ rows, words, style }: IndexTableProps): JSX.Element {
  const headings = [
    ...[words.index, words.value, words.change, words.changePct, words.matched],
    ...[words.putThroughShare, words.advances, words.noChanges, words.declines],
  ];
  return (
    <section class="panel" aria-labelledby="all-indices">
      <h2 id="all-indices">{words.allIndices}</h2>
      <div class="table-scroll" tabIndex={0}>
        <table class="data indices-table">
          <caption class="unseen">{words.allIndices}</caption>
          <thead>
            <tr>{headings.map((heading) => <th key={heading} scope="col">{heading}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.symbol} id={anchorOf(row.symbol)} data-symbol={row.symbol}>
                <th scope="row">{indexName(row)}</th>
                {COLUMNS.map((key) => (
                  <td key={key}>
                    <Cell column={key} row={row} style={style} />
                  </td>
                ))}
                <td>{putThroughText(row, style)}</td>
                {BREADTH.map((key) => (
                  <td key={key}>
                    <Cell column={key} row={row} style={style} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
