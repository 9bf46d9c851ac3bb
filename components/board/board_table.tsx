import type { JSX } from "preact";
import type { BoardRow } from "../../core/wire/board.ts";
import { BOARD_COLUMNS } from "./board_columns.ts";
import { classOf } from "../cell_view.ts";
import type { BoardWords } from "./board_words.ts";
import type { NumberStyle } from "../number_format.ts";

/** Header groups: word, the words of their columns, and what the phone view hides. */
const GROUPS: readonly {
  readonly word: keyof BoardWords;
  readonly columns: readonly (readonly [word: keyof BoardWords, suffix: string])[];
  readonly className: "extra" | "";
}[] = [
  {
    word: "groupLimits",
    columns: [["ceil", ""], ["floor", ""], ["ref", ""]],
    className: "extra",
  },
  { word: "groupBids", columns: bookHeads([3, 2, 1]), className: "extra" },
  {
    word: "groupMatch",
    columns: [["price", ""], ["volume", ""], ["change", ""], ["percent", ""]],
    className: "",
  },
  { word: "groupAsks", columns: bookHeads([1, 2, 3]), className: "extra" },
  { word: "groupTotal", columns: [["totalVolume", ""], ["value", ""]], className: "" },
  { word: "groupRange", columns: [["high", ""], ["avg", ""], ["low", ""]], className: "" },
  {
    word: "groupForeign",
    columns: [["foreignBuy", ""], ["foreignSell", ""], ["room", ""]],
    className: "",
  },
];

function bookHeads(levels: readonly number[]) {
  return levels.flatMap((n) => [["price", ` ${n}`] as const, ["volume", ` ${n}`] as const]);
}

interface BoardTableProps {
  readonly rows: readonly BoardRow[];
  readonly words: BoardWords;
  readonly style: NumberStyle;
}

/** The price board as a plain table; the live island later patches these same cells. */
export function BoardTable({ rows, words, style }: BoardTableProps): JSX.Element {
  return (
    <div class="board-scroll" role="region" aria-labelledby="board-caption" tabIndex={0}>
      <table id="board" class="board">
        <caption id="board-caption">
          <span>
            {words.units} <span class="live-only">{words.boardHint}</span>
          </span>
        </caption>
        <colgroup>
          {BOARD_COLUMNS.map((column) => <col key={column.key} class={`w-${column.key}`} />)}
        </colgroup>
        <BoardHead words={words} />
        <tbody>
          {rows.map((row) => <BoardBodyRow key={row.symbol} row={row} style={style} />)}
        </tbody>
      </table>
      {rows.length === 0 && <p class="empty">{words.emptyBoard}</p>}
    </div>
  );
}

function BoardHead({ words }: { readonly words: BoardWords }) {
  let index = 0;
  const button = (text: string) => (
    // Sorting needs the script; it enables the buttons when it is there.
    <button type="button" disabled data-column={index++}>{text}</button>
  );
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2} aria-sort="ascending">{button(words.symbol)}</th>
        {GROUPS.map((group) => (
          <th
            key={group.word}
            scope="colgroup"
            colSpan={group.columns.length}
            class={group.className || undefined}
          >
            {words[group.word]}
          </th>
        ))}
      </tr>
      <tr>
        {GROUPS.flatMap((group) =>
          group.columns.map(([word, suffix]) => (
            <th key={`${group.word} ${word}${suffix}`} scope="col">
              {button(words[word] + suffix)}
            </th>
          ))
        )}
      </tr>
    </thead>
  );
}

function BoardBodyRow({ row, style }: { readonly row: BoardRow; readonly style: NumberStyle }) {
  return (
    <tr data-symbol={row.symbol}>
      {BOARD_COLUMNS.map((column, at) => {
        const view = column.view(row, style);
        const className = classOf(view, column);
        return at === 0
          ? <th key={column.key} scope="row" class={className}>{view.text}</th>
          : <td key={column.key} class={className}>{view.text}</td>;
      })}
    </tr>
  );
}
