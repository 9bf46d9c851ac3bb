import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { BoardTable } from "../../../components/board/board_table.tsx";
import type { BoardLine } from "../../../components/board/board_line.ts";
import { boardWordsOf } from "../../../components/board/board_words.ts";
import { firstKeys, shownColumns } from "../../../components/board/column_sets.ts";
import { sectorSums } from "../../../components/board/sectors.ts";
import { ownSort } from "../../../components/board/sorting.ts";
import { numberStyleOf } from "../../../components/i18n.ts";
import { IndexStrip } from "../../../components/board/index_strip.tsx";
import { HPG, thirtyRows, VN30_INDEX } from "../fixture_rows.ts";

const COLUMNS = shownColumns("stock", firstKeys("stock"));

function renderBoard(lang: "vi" | "en" = "vi", lines: readonly BoardLine[] = thirtyRows()) {
  const words = boardWordsOf(lang);
  return renderToString(
    <BoardTable
      kind="stock"
      lines={lines}
      columns={COLUMNS}
      sort={ownSort("vn30")}
      words={words}
      style={{ ...numberStyleOf(lang), priceScale: "thousand" }}
      note={words.unitsThousand}
      empty={words.emptyBoard}
      pin="Pin"
    />,
  );
}

/** Texts of the cells of a row by the keys of their columns. */
function cellsOf(html: string, symbol: string): Record<string, string> {
  const row = html.split(new RegExp(`<tr[^>]* data-symbol="${symbol}"[^>]*>`))[1]!
    .split("</tr>")[0]!;
  const cells = Array.from(
    row.matchAll(/<t([hd])[^>]*>(.*?)<\/t\1>/g),
    (match) => match[2]!.replace(/<[^>]*>/g, ""),
  );
  assert.equal(cells.length, COLUMNS.length);
  return Object.fromEntries(COLUMNS.map(({ key }, at) => [key, cells[at]!]));
}

/** Those that are not empty. */
function filled(html: string, symbol: string): string[] {
  return Object.values(cellsOf(html, symbol)).filter((text) => text !== "");
}

Deno.test("The board has thirty rows with their values before any script runs (F-203)", () => {
  const html = renderBoard();
  assert.equal(html.match(/ data-symbol=/g)?.length, 30);
  const cells = cellsOf(html, "HPG");
  assert.deepEqual([cells.ref, cells.ceil, cells.floor], ["26,20", "28,00", "24,40"]);
  assert.deepEqual(
    [cells.last, cells.lastVol, cells.change, cells.percent],
    ["26,55", "12.300", "+0,35", "+1,34%"],
  );
  assert.match(html, /<a href="\/stock\/HPG">HPG<\/a>/);
});

Deno.test("A symbol without a trade shows its references, and one without anything its name (B-32)", () => {
  const html = renderBoard();
  assert.deepEqual(filled(html, "FPT"), ["FPT", "100,00", "107,00", "93,00"]);
  assert.deepEqual(filled(html, "ACB"), ["ACB"]);
});

Deno.test("English numbers use English marks", () => {
  assert.equal(cellsOf(renderBoard("en"), "HPG").lastVol, "12,300");
});

Deno.test("Headings are scoped and as many as the cells of a row", () => {
  const html = renderBoard();
  const spans = html.matchAll(
    /scope="colgroup"[^>]*colspan="(\d+)"|colspan="(\d+)"[^>]*scope="colgroup"/gi,
  );
  const grouped = Array.from(spans, (match) => Number(match[1] ?? match[2]));
  assert.equal(grouped.reduce((sum, n) => sum + n, 0), COLUMNS.length - 1);
  assert.equal(html.match(/scope="col"/g)?.length, COLUMNS.length);
  assert.equal(html.match(/scope="row"/g)?.length, 30);
  assert.equal(html.match(/<col /g)?.length, COLUMNS.length);
  assert.match(html, /<caption/);
  assert.match(html, /aria-sort="ascending"/);
});

Deno.test("The markup holds no inline style and nothing that is not a number", () => {
  const html = renderBoard() +
    renderToString(<IndexStrip rows={[VN30_INDEX]} label="x" style={numberStyleOf("vi")} />);
  assert.doesNotMatch(html, / style=/);
  assert.doesNotMatch(html, /NaN|undefined|null/);
  assert.match(html, /<li\s+data-symbol="VN30">/);
});

Deno.test("An empty board says what it waits for", () => {
  assert.match(renderBoard("vi", []), /<p class="empty" ?>Đang chờ/);
  assert.match(renderBoard(), /<p[^>]* hidden[^>]*>Đang chờ/);
});

Deno.test("A number that is wider than its column is set smaller, and no other", () => {
  const html = renderBoard("vi", [{ ...HPG, b1v: 999_900, b2v: 12_345_600, status: "H" }]);
  const long = Array.from(
    html.matchAll(/class="[^"]*\blong\b[^"]*">(?:<a[^>]*>)?([^<]*)</g),
    ([, text]) => text,
  );
  assert.deepEqual(long, ["HPG (H)", "12.345.600"]);
});

Deno.test("A line of sums has its name and its sums, and leads nowhere", () => {
  const members = [HPG, { ...HPG, symbol: "FPT", last: 26_200 }];
  const html = renderBoard("vi", sectorSums(members, "vi"));
  assert.match(html, /<tr[^>]* class="sum"/);
  assert.doesNotMatch(html, /<a |class="star/);
  assert.deepEqual(filled(html, "sector:steel"), [
    ...["Thép (1)", "+1,34%", "12.345.600", "1.200.300", "0"],
  ]);
});
