import type { JSX } from "preact";
import { classOf } from "../cell_view.ts";
import { type BoardColumn, columnsAt } from "./board_columns.ts";
import { BoardHead, BoardWidths } from "./board_head.tsx";
import type { BoardLine, BoardStyle } from "./board_line.ts";
import type { BoardKind } from "./board_tabs.ts";
import type { BoardWords } from "./board_words.ts";
import type { PlacedColumn } from "./column_sets.ts";
import { CellContent } from "./picture.tsx";
import type { Sort } from "./sorting.ts";

interface BoardTableProps {
  readonly kind: BoardKind;
  readonly lines: readonly BoardLine[];
  readonly columns: readonly PlacedColumn[];
  /** The order that the lines are in; null for one of their own. */
  readonly sort: Sort | null;
  readonly words: BoardWords;
  readonly style: BoardStyle;
  /** Units, and what else a reader must know of the list. */
  readonly note: string;
  /** What stands in place of lines where there are none. */
  readonly empty: string;
  /** Name of the button that pins a line. */
  readonly pin: string;
}

/** The price board as a plain table; the live island later patches these same cells. */
export function BoardTable(props: BoardTableProps): JSX.Element {
  const { kind, lines, columns, sort, words, style, note, empty, pin } = props;
  const cells = columnsAt(columns);
  return (
    <div class="board-scroll" role="region" aria-labelledby="board-caption" tabIndex={0}>
      <table id="board" class={`board ${kind}s`}>
        <caption id="board-caption">
          <span>
            {note} <span class="live-only">{words.boardHint}</span>
          </span>
        </caption>
        <colgroup>
          <BoardWidths columns={columns} />
        </colgroup>
        <thead>
          <BoardHead columns={columns} words={words} sort={sort} isLive={false} />
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <Line
              key={line.symbol}
              line={line}
              isEven={at % 2 === 1}
              columns={cells}
              style={style}
              pin={pin}
            />
          ))}
        </tbody>
      </table>
      <p class="empty" hidden={lines.length > 0}>{empty}</p>
    </div>
  );
}

interface LineProps extends Pick<BoardTableProps, "style" | "pin"> {
  readonly line: BoardLine;
  readonly isEven: boolean;
  readonly columns: readonly BoardColumn[];
}

function Line({ line, isEven, columns, style, pin }: LineProps) {
  return (
    <tr
      data-symbol={line.symbol}
      class={line.sum !== undefined ? "sum" : isEven ? "even" : undefined}
    >
      {columns.map((column, at) => {
        const view = column.view(line, style);
        const className = classOf(view, column);
        if (at > 0) {
          return (
            <td key={column.key} class={className}>
              <CellContent view={view} />
            </td>
          );
        }
        const href = column.href?.(line) ?? null;
        return (
          <th key={column.key} scope="row" class={className}>
            {href === null ? view.text : [
              <a key="page" href={href}>{view.text}</a>,
              <button
                key="pin"
                type="button"
                class="star live-only"
                tabIndex={-1}
                aria-label={pin}
              />,
            ]}
          </th>
        );
      })}
    </tr>
  );
}
