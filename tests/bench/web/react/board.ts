import { createElement, memo, useEffect, useMemo, useRef, useState } from "react";
import type { LiveRowData } from "../../../../components/live/rows.ts";
import { COLUMNS, type Shown } from "./columns.ts";
import { useBoard } from "./use_board.ts";

const FLASH_MS = 450;

/** The VN30 board as a client-rendered React application draws it. */
export function Board({ socketUrl }: { readonly socketUrl: string }) {
  const rows = useBoard(socketUrl);
  const [sort, setSort] = useState({ column: 0, isDescending: false });
  const sorted = useMemo(() => sortRows(rows, sort), [rows, sort]);
  if (rows.length === 0) return createElement("p", { className: "loading" }, "Đang tải…");
  const sortBy = (column: number) =>
    setSort((was) => ({ column, isDescending: was.column === column && !was.isDescending }));
  const order = sort.isDescending ? "descending" : "ascending";
  const heads = COLUMNS.map(({ name, title }, column) =>
    createElement(
      "th",
      { key: name, scope: "col", "aria-sort": sort.column === column ? order : undefined },
      createElement("button", { type: "button", onClick: () => sortBy(column) }, title),
    )
  );
  return createElement(
    "table",
    { id: "board" },
    createElement("caption", null, "VN30"),
    createElement("thead", null, createElement("tr", null, ...heads)),
    createElement(
      "tbody",
      null,
      sorted.map((row) => createElement(BoardRow, { key: row.symbol, row })),
    ),
  );
}

/** An unchanged row is the same object, so it is not rendered again. */
const BoardRow = memo(function BoardRow({ row }: { readonly row: LiveRowData }) {
  const cells = COLUMNS.map(({ name, show }) =>
    createElement(BoardCell, { key: name, shown: show(row) })
  );
  return createElement("tr", null, ...cells);
});

interface CellProps {
  readonly shown: Shown;
}

const BoardCell = memo(
  function BoardCell({ shown: { text, tone, key } }: CellProps) {
    const cell = useRef<HTMLTableCellElement>(null);
    const before = useRef(key);
    useEffect(() => {
      const [was, element] = [before.current, cell.current];
      before.current = key;
      if (was === key || was === null || key === null || element === null) return;
      element.dataset.flash = key > was ? "up" : "down";
      const timer = setTimeout(() => delete element.dataset.flash, FLASH_MS);
      return () => clearTimeout(timer);
    }, [key]);
    return createElement("td", { ref: cell, className: tone }, text);
  },
  ({ shown: a }, { shown: b }) => a.text === b.text && a.tone === b.tone,
);

function sortRows(
  rows: readonly LiveRowData[],
  { column, isDescending }: { readonly column: number; readonly isDescending: boolean },
): readonly LiveRowData[] {
  const { show } = COLUMNS[column]!;
  const keyed = rows.map((row) => ({ row, key: show(row).key }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
    const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    return isDescending ? -order : order;
  });
  return keyed.map(({ row }) => row);
}
