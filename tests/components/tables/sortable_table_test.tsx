import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { type DataColumn, SortableTable } from "../../../components/tables/sortable_table.tsx";

interface Item {
  readonly symbol: string;
  readonly size: number | null;
}

const COLUMNS: readonly DataColumn<Item>[] = [
  { key: "symbol", head: "Mã", sortKey: ({ symbol }) => symbol, cell: ({ symbol }) => symbol },
  {
    key: "size",
    head: "KL",
    hint: "Khối lượng",
    sortKey: ({ size }) => size,
    cell: ({ size }) => size ?? "–",
    tone: ({ size }) => size === null ? "" : "p up",
  },
];
const ROWS: readonly Item[] = [
  { symbol: "ACB", size: 10 },
  { symbol: "BID", size: null },
  { symbol: "CTG", size: 30 },
  { symbol: "FPT", size: 10 },
];

function render(rows: readonly Item[], isDescending: boolean): string {
  return renderToString(
    <SortableTable
      caption="Khối lượng"
      columns={COLUMNS}
      rows={rows}
      first={{ key: "size", isDescending }}
      empty="Đang chờ"
    />,
  );
}

function symbolsOf(html: string): string[] {
  return Array.from(html.matchAll(/<th\s+scope="row"[^>]*>(\w+)/g), (match) => match[1]!);
}

Deno.test("Rows are sorted either way, equal ones by symbol, and what is absent is last", () => {
  assert.deepEqual(symbolsOf(render(ROWS, true)), ["CTG", "ACB", "FPT", "BID"]);
  assert.deepEqual(symbolsOf(render(ROWS, false)), ["ACB", "FPT", "CTG", "BID"]);
});

Deno.test("A sortable table has scopes, a caption, the direction, and buttons that wait for the script", () => {
  const html = render(ROWS, true);
  assert.match(html, /<caption>Khối lượng<\/caption>/);
  assert.equal(html.match(/<th\s+scope="col"/g)?.length, 2);
  assert.equal(html.match(/aria-sort="descending"/g)?.length, 1);
  assert.equal(html.match(/<button\s+type="button"\s+disabled/g)?.length, 2);
  assert.match(html, /title="Khối lượng"/);
  assert.equal(html.match(/<td\s+class="p up"\s*>/g)?.length, 3);
  assert.match(html, /<td\s*>–<\/td>/);
});

Deno.test("A table without rows says what it waits for", () => {
  assert.match(render([], true), /<p class="empty">Đang chờ<\/p>/);
});
