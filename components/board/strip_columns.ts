import type { Column } from "../cell_view.ts";
import { formatPrice, type NumberStyle } from "../number_format.ts";
import { INDEX_COLUMNS, toneOfIndex } from "./index_columns.ts";
import type { IndexLine } from "./index_lines.ts";
import { pathView } from "./picture_columns.ts";

/** What a card of the index strip shows: the figures of an index, and its day as a line. */
export const STRIP_COLUMNS: readonly Column<IndexLine>[] = [
  ...INDEX_COLUMNS,
  {
    key: "trend",
    className: "trend",
    view: (row, style: NumberStyle) =>
      pathView(row.path, row.prior, {
        text: (value) => formatPrice(value, "indexPoint", style),
        tone: (value) => toneOfIndex(row, value),
      }),
  },
];
