import { Component, type ComponentChildren, type JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** A column of a table whose headings sort. The first column of a table heads its rows. */
export interface DataColumn<Row> {
  readonly key: string;
  readonly head: string;
  /** What the heading means, where it is short. */
  readonly hint?: string;
  readonly className?: string;
  /** What the column is sorted by; null goes to the end in either direction. */
  readonly sortKey: (row: Row) => number | string | null;
  readonly cell: (row: Row) => ComponentChildren;
  /** A tone of the cell; with `p` it carries the glyph of it. */
  readonly tone?: (row: Row) => string;
}

interface Sort {
  readonly key: string;
  readonly isDescending: boolean;
}

interface SortableTableProps<Row> {
  readonly caption: string;
  /** The same array in each render, so that unchanged rows are left alone. */
  readonly columns: readonly DataColumn<Row>[];
  /** An unchanged row is the same object as before. */
  readonly rows: readonly Row[];
  /** The order at first. */
  readonly first: Sort;
  /** Stands in place of rows. */
  readonly empty: string;
}

/** A table that each heading sorts; its order rests while the keyboard is inside. */
export function SortableTable<Row extends { readonly symbol: string }>(
  { caption, columns, rows, first, empty }: SortableTableProps<Row>,
): JSX.Element {
  const [sort, setSort] = useState(first);
  // Sorting needs the script; the server's buttons say so.
  const [canSort, setCanSort] = useState(false);
  useEffect(() => setCanSort(true), []);
  const isInside = useRef(false);
  const order = useRef<readonly string[]>([]);
  const shown = isInside.current ? inOrder(rows, order.current) : sorted(rows, columns, sort);
  order.current = shown.map(({ symbol }) => symbol);
  return (
    <div class="table-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class="data sortable">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={column.className}
                aria-sort={column.key !== sort.key
                  ? undefined
                  : sort.isDescending
                  ? "descending"
                  : "ascending"}
              >
                <button
                  type="button"
                  disabled={!canSort}
                  title={column.hint}
                  onClick={() => setSort(nextSort(sort, column.key, columns[0]!.key))}
                >
                  {column.head}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody
          onFocusCapture={() => isInside.current = true}
          onBlurCapture={() => isInside.current = false}
        >
          {shown.map((row) => <TableRow key={row.symbol} row={row} columns={columns} />)}
        </tbody>
      </table>
      {rows.length === 0 && <p class="empty">{empty}</p>}
    </div>
  );
}

interface TableRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly DataColumn<Row>[];
}

class TableRow<Row> extends Component<TableRowProps<Row>> {
  override shouldComponentUpdate(next: TableRowProps<Row>): boolean {
    return next.row !== this.props.row || next.columns !== this.props.columns;
  }

  override render({ row, columns }: TableRowProps<Row>): JSX.Element {
    return (
      <tr>
        {columns.map(({ key, className, cell, tone }, at) => {
          const classes = [className, tone?.(row)].filter(Boolean).join(" ") || undefined;
          return at === 0
            ? <th key={key} scope="row" class={classes}>{cell(row)}</th>
            : <td key={key} class={classes}>{cell(row)}</td>;
        })}
      </tr>
    );
  }
}

/** The other direction of the same column; symbols begin with A, numbers with the largest. */
function nextSort(sort: Sort, key: string, rowHead: string): Sort {
  return { key, isDescending: key === sort.key ? !sort.isDescending : key !== rowHead };
}

function sorted<Row extends { readonly symbol: string }>(
  rows: readonly Row[],
  columns: readonly DataColumn<Row>[],
  { key, isDescending }: Sort,
): Row[] {
  const keyOf = columns.find((column) => column.key === key)!.sortKey;
  const sign = isDescending ? -1 : 1;
  return rows.map((row) => ({ row, by: keyOf(row) })).sort((a, b) => {
    if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
    if (a.by === b.by) return a.row.symbol < b.row.symbol ? -1 : 1;
    return (a.by < b.by ? -1 : 1) * sign;
  }).map(({ row }) => row);
}

/** Rows as they stood before; new ones come last. */
function inOrder<Row extends { readonly symbol: string }>(
  rows: readonly Row[],
  order: readonly string[],
): Row[] {
  const places = new Map(order.map((symbol, at) => [symbol, at]));
  const placeOf = ({ symbol }: Row) => places.get(symbol) ?? order.length;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}
