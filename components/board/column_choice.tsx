import { type JSX, render } from "preact";
import { BoardHead, BoardWidths } from "./board_head.tsx";
import type { BoardKind } from "./board_tabs.ts";
import type { BoardView } from "./board_view.ts";
import type { BoardWords } from "./board_words.ts";
import { columnsOf, firstKeys, isReferenceLast, shownColumns } from "./column_sets.ts";
import type { ToolWords } from "./tool_words.ts";

interface ColumnChoiceProps {
  readonly kind: BoardKind;
  readonly keys: readonly string[];
  readonly words: BoardWords;
  readonly tools: ToolWords;
  readonly onKeys: (keys: readonly string[]) => void;
}

/** The choice of columns: one box each, by group. */
export function ColumnChoice({ kind, keys, words, tools, onKeys }: ColumnChoiceProps): JSX.Element {
  const groups = Map.groupBy(columnsOf(kind), ({ group }) => group);
  const toggle = (key: string) => {
    const next = keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];
    if (next.length > 0) onKeys(placeReference(next, isReferenceLast(keys)));
  };
  return (
    <div>
      {[...groups].map(([group, columns]) => (
        <fieldset key={group}>
          <legend>{words[group]}</legend>
          {columns.map(({ key, word, suffix }) => (
            <label key={key}>
              <input type="checkbox" checked={keys.includes(key)} onChange={() => toggle(key)} />
              {" "}
              {words[word] + suffix}
            </label>
          ))}
        </fieldset>
      ))}
      <label>
        <input
          type="checkbox"
          checked={isReferenceLast(keys)}
          onChange={() => onKeys(placeReference(keys, !isReferenceLast(keys)))}
        />{" "}
        {tools.referenceLast}
      </label>{" "}
      <button type="button" class="button" onClick={() => onKeys(firstKeys(kind))}>
        {tools.resetColumns}
      </button>
    </div>
  );
}

/** Gives a board in the page the columns of these keys. */
export function showColumns(
  view: BoardView,
  { kind, keys, words }: Pick<ColumnChoiceProps, "kind" | "keys" | "words">,
): void {
  const columns = shownColumns(kind, keys);
  render(<BoardWidths columns={columns} />, view.table.querySelector("colgroup")!);
  render(
    <BoardHead columns={columns} words={words} sort={null} isLive />,
    view.table.tHead!,
  );
  view.setColumns(columns);
}

/** The order of keys says where the reference stands. */
function placeReference(keys: readonly string[], isLast: boolean): readonly string[] {
  if (!keys.includes("ref")) return keys;
  const others = keys.filter((key) => key !== "ref");
  return isLast ? [...others, "ref"] : ["ref", ...others];
}
