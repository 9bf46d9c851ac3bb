import type { JSX } from "preact";
import { classOf } from "../cell_view.ts";
import type { IndexLine } from "./index_lines.ts";
import type { NumberStyle } from "../number_format.ts";
import { CellContent } from "./picture.tsx";
import { STRIP_COLUMNS } from "./strip_columns.ts";

interface IndexStripProps {
  readonly rows: readonly IndexLine[];
  readonly label: string;
  readonly style: NumberStyle;
}

/** One card per index above the board; the live island later patches these same cells. */
export function IndexStrip({ rows, label, style }: IndexStripProps): JSX.Element {
  return (
    <ul id="indices" class="indices" aria-label={label} tabIndex={0}>
      {rows.map((row) => (
        <li key={row.symbol} data-symbol={row.symbol}>
          {STRIP_COLUMNS.map((column, at) => {
            const view = column.view(row, style);
            const className = classOf(view, column);
            return at === 0
              ? <b key={column.key} class={className}>{view.text}</b>
              : (
                <span key={column.key} class={className}>
                  <CellContent view={view} />
                </span>
              );
          })}
        </li>
      ))}
    </ul>
  );
}
