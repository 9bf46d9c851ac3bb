import type { JSX } from "preact";
import type { IndexRow } from "../../core/wire/board.ts";
import { indexName } from "./index_card.tsx";

interface IndexTabsProps<Id extends string> {
  /** Of the page's query, so that a choice can be shared and works without a script. */
  readonly parameter: string;
  readonly rows: readonly IndexRow[];
  readonly ids: readonly Id[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  readonly label: string;
}

/** Choice of an index by its name. */
export function IndexTabs<Id extends string>(
  { parameter, rows, ids, chosen, onChoose, label }: IndexTabsProps<Id>,
): JSX.Element {
  return (
    <nav class="tabs" aria-label={label}>
      {ids.map((id) => (
        <a
          key={id}
          href={`?${parameter}=${id}`}
          aria-current={id === chosen ? "true" : undefined}
          onClick={(event) => {
            event.preventDefault();
            onChoose(id);
          }}
        >
          {indexName(rows.find(({ symbol }) => symbol === id) ?? { symbol: id })}
        </a>
      ))}
    </nav>
  );
}
