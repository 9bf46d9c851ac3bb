import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { ForeignInvestorData } from "../../core/wire/foreign_out.ts";
import { fill } from "../fill.ts";
import type { Lang } from "../i18n.ts";
import type { NumberStyle } from "../number_format.ts";
import { SortableTable } from "../tables/sortable_table.tsx";
import type { ForeignScope } from "./flow_curve.ts";
import { foreignColumns } from "./foreign_columns.tsx";
import type { ForeignWords } from "./foreign_words.ts";

const FIRST_SORT = { key: "net", isDescending: true };

interface ForeignTableProps {
  readonly stocks: readonly ForeignInvestorData[];
  readonly scope: ForeignScope;
  readonly lang: Lang;
  readonly words: ForeignWords;
  readonly style: NumberStyle;
}

/** Flow, speeds and room of each security; every column sorts (F-227). */
export function ForeignTable(
  { stocks, scope, lang, words, style }: ForeignTableProps,
): JSX.Element {
  const columns = useMemo(() => foreignColumns(lang, words, style), []);
  const isEstimated = stocks.some(({ is_approximate }) => is_approximate === true);
  return (
    <section class="panel">
      <SortableTable
        caption={fill(words.detail, { scope: words[scope] })}
        columns={columns}
        rows={stocks}
        first={FIRST_SORT}
        empty={words.empty}
      />
      <p class="note">
        {isEstimated ? words.approximate : words.approximateNone}
        {scope === "all" && ` ${words.allNote}`}
      </p>
    </section>
  );
}
