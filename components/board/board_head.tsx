import type { JSX } from "preact";
import type { BoardWords } from "./board_words.ts";
import type { PlacedColumn } from "./column_sets.ts";
import type { Sort } from "./sorting.ts";

interface HeadProps {
  readonly columns: readonly PlacedColumn[];
  readonly words: BoardWords;
  readonly sort: Sort | null;
  /** Whether there is a script that sorts. */
  readonly isLive: boolean;
}

/** Widths of the columns. */
export function BoardWidths({ columns }: Pick<HeadProps, "columns">): JSX.Element {
  return (
    <>
      {columns.map(({ key, isExtra }) => (
        <col key={key} class={isExtra ? `w-${key} x` : `w-${key}`} />
      ))}
    </>
  );
}

/** Two rows of headings: groups, and the columns in them. */
export function BoardHead({ columns, words, sort, isLive }: HeadProps): JSX.Element {
  const [symbol, ...others] = columns;
  const groups = Map.groupBy(others, ({ group }) => group);
  const button = ({ key, word, suffix }: PlacedColumn) => (
    <button type="button" disabled={!isLive} data-key={key}>{words[word] + suffix}</button>
  );
  const sortOf = ({ key }: PlacedColumn) =>
    sort?.key !== key ? undefined : sort.descending ? "descending" : "ascending";
  return (
    <>
      <tr>
        <th scope="col" rowSpan={2} aria-sort={sortOf(symbol!)}>{button(symbol!)}</th>
        {[...groups].map(([word, { length, 0: first }]) => (
          <th key={word} scope="colgroup" colSpan={length} class={first!.isExtra ? "x" : undefined}>
            {words[word]}
          </th>
        ))}
      </tr>
      <tr>
        {others.map((column) => (
          <th
            key={column.key}
            scope="col"
            class={column.isExtra ? "x" : undefined}
            aria-sort={sortOf(column)}
          >
            {button(column)}
          </th>
        ))}
      </tr>
    </>
  );
}
