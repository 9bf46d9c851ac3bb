import type { JSX } from "preact";
import type { ShownTile } from "./heat_tiles.ts";
import type { MarketWords } from "./market_words.ts";

interface HeatTableProps {
  readonly sectors: readonly {
    readonly name: string;
    readonly shown: readonly { readonly tile: ShownTile }[];
  }[];
  readonly words: MarketWords;
  readonly tableWord: string;
}

/** The numbers of the treemap for who cannot see it. */
export function HeatTable({ sectors, words, tableWord }: HeatTableProps): JSX.Element {
  return (
    <details class="chart-table">
      <summary>{tableWord}</summary>
      <div class="table-scroll" tabIndex={0}>
        <table class="data">
          <caption>{words.map}</caption>
          <thead>
            <tr>
              <th scope="col">{words.symbol}</th>
              <th scope="col">{words.sector}</th>
              <th scope="col">{words.turnover}</th>
              <th scope="col">{words.changePct}</th>
            </tr>
          </thead>
          <tbody>
            {sectors.flatMap(({ name, shown }) =>
              shown.map(({ tile }) => (
                <tr key={tile.symbol}>
                  <th scope="row">{tile.symbol}</th>
                  <td>{name}</td>
                  <td>{tile.turnover}</td>
                  <td class={`p ${tile.tone}`}>{tile.percent}</td>
                </tr>
              ))
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}
