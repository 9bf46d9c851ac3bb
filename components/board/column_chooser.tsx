import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BoardWords } from "./board_words.ts";
import { type BoardKind, columnsOf, firstKeys, isReferenceLast } from "./column_sets.ts";
import type { ToolWords } from "./tool_words.ts";

interface ColumnChooserProps {
  readonly kind: BoardKind;
  readonly keys: readonly string[];
  readonly words: BoardWords;
  readonly tools: ToolWords;
  readonly onKeys: (keys: readonly string[]) => void;
}

/** The choice of columns: one box each, by group. */
export function ColumnChooser(
  { kind, keys, words, tools, onKeys }: ColumnChooserProps,
): JSX.Element {
  // A closed panel is no part of the first HTML.
  const [isOpen, setOpen] = useState(false);
  const groups = Map.groupBy(columnsOf(kind), ({ group }) => group);
  const toggle = (key: string) => {
    const next = keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];
    if (next.length > 0) onKeys(placeReference(next, isReferenceLast(keys)));
  };
  return (
    <details
      class="chooser live-only"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector("summary")!.focus();
      }}
    >
      <summary class="button">{tools.columns}</summary>
      {isOpen && (
        <div>
          {[...groups].map(([group, columns]) => (
            <fieldset key={group}>
              <legend>{words[group]}</legend>
              {columns.map(({ key, word, suffix }) => (
                <label key={key}>
                  <input
                    type="checkbox"
                    checked={keys.includes(key)}
                    onChange={() => toggle(key)}
                  />{" "}
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
      )}
    </details>
  );
}

/** The order of keys says where the reference stands. */
function placeReference(keys: readonly string[], isLast: boolean): readonly string[] {
  if (!keys.includes("ref")) return keys;
  const others = keys.filter((key) => key !== "ref");
  return isLast ? [...others, "ref"] : ["ref", ...others];
}
