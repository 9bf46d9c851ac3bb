import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { numberStyleOf } from "../../../components/i18n.ts";
import { volumeWordsOf } from "../../../components/volume/volume_words.ts";
import LiveVolume from "../../../islands/live_volume.tsx";
import { LINK, snapshotOf } from "../fixture_rows.ts";

/** 1,000 in the opening auction, 300 bought, 100 sold and 100 unknown after it, 250 not seen. */
const FPT = {
  symbol: "FPT",
  ...{ buy: 300, sell: 100, none: 1_100, total: 1_500, missing: 250, day: 1_750 },
  ...{ atoBuy: 0, atoSell: 0, atoNone: 1_000, contBuy: 300, contSell: 100, contNone: 100 },
  ...{ buyVal: 30_000_000, sellVal: 10_000_000, noneVal: 110_000_000 },
  ...{ buyPctMin: 40, buyPctMax: 86.67, agree: 300, disagree: 100, time: "10:32:05" },
};
const ACB = { ...FPT, symbol: "ACB", contBuy: 100, buy: 100, contSell: 300, sell: 300 };
const FUTURE = { ...FPT, symbol: "41I1GC000", contBuy: 7_000_000, buy: 7_000_000 };

interface Shown {
  readonly rows?: readonly { readonly symbol: string }[];
  readonly symbol?: string;
  readonly lang?: "vi" | "en";
}

function render({ rows = [FUTURE, FPT, ACB], symbol = "all", lang = "vi" }: Shown) {
  return renderToString(
    <LiveVolume
      link={{ ...LINK, lang, style: numberStyleOf(lang) }}
      words={volumeWordsOf(lang)}
      volume={snapshotOf("volume", rows)}
      futures={["41I1GC000"]}
      symbol={symbol}
    />,
  );
}

function panelOf(html: string, heading: string): string {
  const panel = html.split("<section").find((part) => part.includes(heading));
  assert.ok(panel !== undefined, `no panel ${heading}`);
  return panel.split("</section>")[0]!;
}

function labelsOf(html: string): string[] {
  return Array.from(html.matchAll(/aria-label="([^"]*)"/g), (match) => match[1]!);
}

Deno.test("Each phase has a pressure bar with per cent of buying and selling, coloured and in words (F-232, B-24)", () => {
  const panel = panelOf(render({ symbol: "FPT" }), "Áp lực mua bán theo phiên: FPT");
  assert.deepEqual(labelsOf(panel), [
    "Cả phiên: mua chủ động 20,0%, trung tính 73,3%, bán chủ động 6,7%",
    "ATO: mua chủ động 0,0%, trung tính 100,0%, bán chủ động 0,0%",
    "Liên tục: mua chủ động 60,0%, trung tính 20,0%, bán chủ động 20,0%",
    "ATC: chưa có giao dịch",
    "PLO: chưa có giao dịch",
    "Ngoài khớp lệnh: chưa có giao dịch",
  ]);
  assert.match(panel, /class="p up"\s*>mua chủ động 60,0%/);
  assert.match(panel, /class="p dn"\s*>bán chủ động 20,0%/);
  assert.match(panel, /khớp định kỳ, không có bên chủ động/);
  assert.equal(panel.match(/<p>chưa có giao dịch/g)?.length, 3);
});

Deno.test("The part of buying is told as a range that holds what was not seen (N-03)", () => {
  const panel = panelOf(render({ symbol: "FPT" }), "Áp lực mua bán theo phiên");
  assert.match(panel, /từ 40,0% đến 86,7%/);
  assert.match(panel, /gồm cả 250 chưa thấy/);
  const empty = panelOf(render({ rows: [{ symbol: "FPT" }], symbol: "FPT" }), "Áp lực mua bán");
  assert.match(empty, /Chưa đủ giao dịch để tính tỷ lệ mua/);
});

Deno.test("The comparison stacks the phases of the whole board, shares without contracts, or of one symbol (F-233, C-43)", () => {
  const ofBoard = panelOf(render({}), "So sánh khối lượng các phiên: VN30");
  const totals = Array.from(ofBoard.matchAll(/class="bar-text"\s*>([^<]+)/g), (m) => m[1]);
  assert.deepEqual(totals, ["2.000", "1.000", "0", "0", "0", "500"]);
  const ofOne = panelOf(render({ symbol: "FPT" }), "So sánh khối lượng các phiên: FPT");
  const rects = Array.from(ofOne.matchAll(/<rect class="(up|dim|dn)"[^>]*width="([\d.]+)%"/g));
  assert.deepEqual(rects.slice(0, 6).map(([, side, width]) => [side, width]), [
    ["up", "0.00"],
    ["dim", "100.00"],
    ["dn", "0.00"],
    ["up", "30.00"],
    ["dim", "10.00"],
    ["dn", "10.00"],
  ]);
  assert.match(ofOne, /<details class="chart-table">/);
});

Deno.test("The selector offers the board and every symbol, and works without a script (F-233)", () => {
  const form = render({ symbol: "FPT" }).split("</form>")[0]!;
  const options = Array.from(form.matchAll(/<option[^>]*value="([^"]+)"/g), (match) => match[1]);
  assert.deepEqual(options, ["all", "41I1GC000", "FPT", "ACB"]);
  assert.match(form, /<option[^>]*selected[^>]*value="FPT"|<option[^>]*value="FPT"[^>]*selected/);
  assert.match(form, /<form class="pick" method="get">/);
  assert.match(form, /<button type="submit"/);
  assert.match(form, /<label for="pick-symbol">/);
});

Deno.test("Every symbol has volumes by side and a bar for each phase, futures after shares (F-231)", () => {
  const panel = panelOf(render({}), "Áp lực từng mã");
  const heads = Array.from(panel.matchAll(/scope="row"[^>]*><a[^>]*>(\w+)/g), (match) => match[1]);
  assert.deepEqual(heads, ["ACB", "FPT", "41I1GC000"]);
  const fpt = panel.split(/<tr\s*>/)[3]!;
  assert.deepEqual(
    Array.from(fpt.matchAll(/<td\s*>([\d.]+)</g), (match) => match[1]),
    ["300", "100", "1.100"],
  );
  assert.deepEqual(labelsOf(fpt).map((label) => label.split(":")[0]), [
    "Cả phiên",
    "ATO",
    "Liên tục",
  ]);
  assert.match(fpt, /60,0 \/ 20,0/);
  assert.match(panel, /41I1GC000<\/a><small>HĐ<\/small>/);
});

Deno.test("The detail table tells totals, missing volume, ranges, imbalance and values (F-234, N-03, N-05)", () => {
  const panel = panelOf(render({ rows: [FPT] }), "Chi tiết khối lượng từng mã");
  const cells = panel.split(/<tr\s*>/)[2]!.matchAll(/<td[^>]*>([^<]*)/g);
  assert.deepEqual(Array.from(cells, (match) => match[1]), [
    "1.500",
    "1.750",
    "250",
    "40,0% – 86,7%",
    "+11,4%",
    "0,03",
    "0,01",
    "75,0%",
    "10:32:05",
  ]);
  assert.match(panel, /class="p up"\s*>\+11,4%/);
});

Deno.test("Order-flow imbalance of each phase is over the symbol's own day (N-05)", () => {
  const panel = panelOf(render({ symbol: "ACB" }), "Mất cân bằng lệnh theo phiên: ACB");
  assert.equal(panel.match(/<li/g)?.length, 1, "an auction has no active side");
  assert.match(panel, /bar-text p dn">-11,4%/);
  // A half of the bar is the whole day, so that a small imbalance looks like one.
  assert.match(panel, /class="dn" x="44\.30%" width="5\.70%"/);
  assert.match(panel, /chỉ gộp sáng và chiều/);
});

Deno.test("Before any trading and before any list the page says so and never NaN or undefined", () => {
  for (const rows of [[{ symbol: "FPT" }, { symbol: "41I1GC000" }], []]) {
    const html = render({ rows });
    assert.doesNotMatch(html, /NaN|undefined|null|Infinity/);
    assert.match(html, /Chưa có lệnh khớp nào có bên chủ động/);
  }
  assert.match(render({ rows: [], lang: "en" }), /Waiting for the list of symbols/);
});
