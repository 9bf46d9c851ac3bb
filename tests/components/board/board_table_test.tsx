import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { BoardTable } from "../../../components/board/board_table.tsx";
import { boardWordsOf } from "../../../components/board/board_words.ts";
import { numberStyleOf } from "../../../components/i18n.ts";
import { IndexStrip } from "../../../components/board/index_strip.tsx";
import { HPG, thirtyRows, VN30_INDEX } from "../fixture_rows.ts";

function renderBoard(lang: "vi" | "en" = "vi") {
  return renderToString(
    <BoardTable rows={thirtyRows()} words={boardWordsOf(lang)} style={numberStyleOf(lang)} />,
  );
}

/** Texts of the cells of a row. */
function cellsOf(html: string, symbol: string): string[] {
  const row = html.split(`<tr data-symbol="${symbol}">`)[1]!.split("</tr>")[0]!;
  return Array.from(row.matchAll(/<t[hd][^>]*>([^<]*)</g), (match) => match[1]!);
}

Deno.test("The board has thirty rows with their values before any script runs", () => {
  const html = renderBoard();
  assert.equal(html.match(/<tr data-symbol=/g)?.length, 30);
  const cells = cellsOf(html, "HPG");
  assert.equal(cells.length, 28);
  assert.deepEqual(cells.slice(0, 4), ["HPG", "28,00", "24,40", "26,20"]);
  assert.deepEqual(cells.slice(10, 14), ["26,55", "12.300", "+0,35", "+1,34%"]);
});

Deno.test("A symbol without a trade shows its references, and one without anything its name (B-32)", () => {
  const html = renderBoard();
  assert.deepEqual(cellsOf(html, "FPT").filter((text) => text !== ""), [
    "FPT",
    "107,00",
    "93,00",
    "100,00",
  ]);
  assert.deepEqual(cellsOf(html, "ACB").filter((text) => text !== ""), ["ACB"]);
});

Deno.test("English numbers use English marks", () => {
  assert.equal(cellsOf(renderBoard("en"), "HPG")[11], "12,300");
});

Deno.test("Headings are scoped and as many as the cells of a row", () => {
  const html = renderBoard();
  const spans = html.matchAll(
    /scope="colgroup"[^>]*colspan="(\d+)"|colspan="(\d+)"[^>]*scope="colgroup"/gi,
  );
  const grouped = Array.from(spans, (match) => Number(match[1] ?? match[2]));
  assert.equal(grouped.reduce((sum, n) => sum + n, 0), 27);
  assert.equal(html.match(/scope="col"/g)?.length, 28);
  assert.equal(html.match(/scope="row"/g)?.length, 30);
  assert.equal(html.match(/<col /g)?.length, 28);
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
  const words = boardWordsOf("vi");
  const html = renderToString(<BoardTable rows={[]} words={words} style={numberStyleOf("vi")} />);
  assert.ok(html.includes(words.emptyBoard));
});

Deno.test("A number that is wider than its column is set smaller, and no other", () => {
  const rows = [{ ...HPG, b1v: 999_900, b2v: 12_345_600, status: "H" }];
  const html = renderToString(
    <BoardTable rows={rows} words={boardWordsOf("vi")} style={numberStyleOf("vi")} />,
  );
  const long = Array.from(
    html.matchAll(/class="[^"]*\blong\b[^"]*">([^<]*)</g),
    ([, text]) => text,
  );
  assert.deepEqual(long, ["HPG (H)", "12.345.600"]);
});
