import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { numberStyleOf } from "../../../components/i18n.ts";
import { BookLadder } from "../../../components/symbol/book_ladder.tsx";
import { symbolContext } from "../../../components/symbol/context.ts";
import { ForeignPanel } from "../../../components/symbol/foreign_panel.tsx";
import { PhaseSplit } from "../../../components/symbol/phase_split.tsx";
import { SymbolHead, titleText } from "../../../components/symbol/symbol_head.tsx";
import { symbolWordsOf } from "../../../components/symbol/symbol_words.ts";
import { Tape } from "../../../components/symbol/tape.tsx";
import { standingTrades } from "../../../components/symbol/trade.ts";
import { UnknownSymbol } from "../../../components/symbol/unknown_symbol.tsx";
import { VolumeProfile } from "../../../components/symbol/volume_profile.tsx";
import { volumePricesOf } from "../../../components/symbol/volume_prices.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import type { BoardRow } from "../../../core/wire/board.ts";
import type { TradeEntry } from "../../../core/wire/trade.ts";
import { HPG, LINK } from "../fixture_rows.ts";

const VI = { ...LINK, lang: "vi", style: numberStyleOf("vi") } as const;
const context = symbolContext("HPG", false, VI);
const inPoints = symbolContext("41I1GC000", true, VI);
const NOTHING: BoardRow = { symbol: "HPG" };

/** The text of some markup, words apart. */
function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

function tradesOf(...volumes: readonly number[]) {
  let total = 0;
  return standingTrades(volumes.map((volume, i): TradeEntry => {
    total += volume;
    const side = (["buy", "sell", "none"] as const)[i % 3]!;
    return [
      vnInstantMs("2026-11-25", 36_000 + i),
      26_500 + i * 50,
      volume,
      side,
      "quote",
      total,
      0,
    ];
  }));
}

Deno.test("symbol page - the title and the head tell the price, against reference and limits", () => {
  assert.equal(titleText(HPG, "", context), "HPG 26,55 +1,34%");
  const company = "Tập đoàn Hòa <Phát>";
  assert.equal(titleText(HPG, company, context), `HPG 26,55 +1,34% · ${company}`);
  assert.equal(titleText(null, "", context), "HPG");
  assert.equal(titleText(null, company, context), `HPG · ${company}`);
  const html = renderToString(
    <SymbolHead row={HPG} company={company} sector="Thép" stay={null} context={context} />,
  );
  assert.ok(html.includes('<p class="symbol-company">Tập đoàn Hòa &lt;Phát></p>'));
  const text = textOf(
    renderToString(<SymbolHead row={HPG} company="" sector="Thép" stay={null} context={context} />),
  );
  assert.match(text, /HPG HOSE Thép 26,55 \+0,35 \+1,34%/);
  assert.match(text, /Trần 28,00 Tham chiếu 26,20 Sàn 24,40/);
  assert.match(text, /Tổng KL 12\.345\.600 Giá trị \(tỷ\) 327,65/);
});

Deno.test("symbol page - in dong prices are whole, a future stays in points", () => {
  const inDong = symbolContext("HPG", false, { ...VI, unit: "vnd" });
  assert.equal(titleText(HPG, "", inDong), "HPG 26.550 +1,34%");
  const future = { symbol: "41I1GC000", exchange: "DERIVATIVES", last: 1_989.1, ref: 1_972.4 };
  const points = symbolContext("41I1GC000", true, { ...VI, unit: "vnd" });
  assert.equal(titleText(future, "", points), "41I1GC000 1.989,1 +0,85%");
  const html = renderToString(
    <SymbolHead row={future} company="" sector="" stay={null} context={points} />,
  );
  assert.match(textOf(html), /Hợp đồng tương lai VN30, đáo hạn 17\/12\/2026/);
  const below = { ...future, basis: -5.65 };
  const head = renderToString(
    <SymbolHead row={below} company="" sector="" stay={null} context={points} />,
  );
  assert.match(head, /Độ lệch<\/dt><dd class="p dn">-5,65</);
});

Deno.test("symbol page - a halted security says so, a security without a word shows no number", () => {
  const halted = renderToString(
    <SymbolHead row={{ ...HPG, status: "H" }} company="" sector="" stay={null} context={context} />,
  );
  assert.match(textOf(halted), /Trạng thái: H/);
  const panels = renderToString(
    <>
      <SymbolHead row={NOTHING} company="" sector="" stay={null} context={context} />
      <BookLadder book={null} row={NOTHING} context={context} />
      <Tape standing={tradesOf()} row={NOTHING} context={context} />
      <PhaseSplit volumes={null} row={NOTHING} isLive={false} context={context} />
      <ForeignPanel flow={null} row={NOTHING} context={context} />
      <VolumeProfile prices={[]} origin="" row={NOTHING} context={context} />
    </>,
  );
  assert.doesNotMatch(panels, /NaN|undefined|null|Infinity/);
  assert.match(textOf(panels), /chưa khớp/);
});

Deno.test("symbol page - the book: market orders in an auction, an empty side blank and named", () => {
  const book = { symbol: "HPG", b1p: null, b1v: 5_000, b2p: 26_500, b2v: 1_000, time: "14:31:00" };
  const html = renderToString(
    <BookLadder book={book} row={{ ...HPG, session: "ATC" }} context={context} />,
  );
  const [first] = html.split("<tbody>")[1]!.split("</tr>");
  assert.match(textOf(first!), /1 5\.000 ATC/);
  assert.match(html, /<td><\/td>/);
  assert.match(textOf(html), /Trắng bên bán/);
  assert.doesNotMatch(textOf(html), /Trắng bên mua|Khoảng cách/);
});

Deno.test("symbol page - the book: as many levels as the exchange sends, and the spread", () => {
  const rowsOf = (html: string) => html.split("</table>")[0]!.match(/<th scope="row">/g)!.length;
  const book = { symbol: "HPG", b1p: 26_500, b1v: 100, a1p: 26_600, a1v: 300, time: "10:00:00" };
  const onHose = renderToString(<BookLadder book={book} row={HPG} context={context} />);
  assert.equal(rowsOf(onHose), 3);
  assert.match(textOf(onHose), /Khoảng cách mua–bán 0,10 \(0,38%\)/);
  assert.match(textOf(onHose), /dư mua 100 \(25,0%\) dư bán 300 \(75,0%\)/);
  const row = { ...HPG, exchange: "HNX" };
  assert.equal(rowsOf(renderToString(<BookLadder book={book} row={row} context={context} />)), 10);
});

Deno.test("symbol page - trades stand newest first, with side and method in words", () => {
  const html = renderToString(<Tape standing={tradesOf(100, 200)} row={HPG} context={context} />);
  const rows = html.split("<tbody>")[1]!.split("</tr>").map(textOf);
  assert.match(rows[0]!, /10:00:01 26,55 200 Bán so với sổ lệnh/);
  assert.match(rows[1]!, /10:00:00 26,50 100 Mua/);
});

Deno.test("symbol page - missing volume and the honest range of active buying are told (N-02, N-03)", () => {
  const row = { ...HPG, vol: 1_000, buyVol: 300, sellVol: 200, neutVol: 500, missVol: 400 };
  const volumes = {
    ...{ symbol: "HPG", contBuy: 300, contSell: 200, contNone: 60, atoNone: 40 },
    ...{ buyPctMin: 30, buyPctMax: 80.4, agree: 90, disagree: 10, time: "10:00:00" },
  };
  const html = renderToString(<PhaseSplit {...{ volumes, row, isLive: true, context }} />);
  const text = textOf(html);
  assert.match(text, /Cả ngày 300 200 100/);
  assert.match(text, /ATO 0 0 40/);
  assert.match(text, /Liên tục 300 200 60/);
  assert.match(text, /khoảng 30,0% đến 80,4%/);
  assert.match(text, /Thiếu 400 \(40,0% khối lượng ngày\)/);
  assert.match(text, /khớp nhau 90,0%/);
  assert.match(html, /aria-label="Cả ngày: mua chủ động 300 \(30,0%\)[^"]*thiếu 400 \(40,0%\)"/);
  assert.doesNotMatch(text, /kênh trực tiếp/);
  const still = renderToString(<PhaseSplit {...{ volumes, row, isLive: false, context }} />);
  assert.match(textOf(still), /lấy lúc tải trang \(10:00:00\)/);
});

Deno.test("symbol page - the room clock tells when foreign room is gone, or that it is not shrinking (N-08)", () => {
  const flow = {
    ...{ symbol: "HPG", buyVol: 900, sellVol: 100, buyVal: 2e10, sellVal: 1e9, netVol: 800 },
    ...{ netVal: 1.9e10, room: 90_000, totalRoom: 100_000, roomUsed: 10, approx: 1 },
  };
  const of = (more: object) =>
    textOf(renderToString(
      <ForeignPanel flow={{ ...flow, ...more }} row={HPG} context={context} />,
    ));
  assert.match(of({ buySpeed: 1_100, sellSpeed: 100 }), /sau khoảng 1 giờ 30 phút/);
  assert.match(of({ buySpeed: 100, sellSpeed: 100 }), /không giảm/);
  assert.match(of({ room: null, totalRoom: 0, buySpeed: 9, sellSpeed: 1 }), /không cho biết room/);
  assert.match(of({}), /≈ 20,00 ≈ 1,00 ≈ \+19,00/);
  assert.match(of({}), /giá trị ước tính/);
  const nets = (more: object) =>
    Array.from(
      renderToString(<ForeignPanel flow={{ ...flow, ...more }} row={HPG} context={context} />)
        .matchAll(/<td class="(p \w\w)"\s*>([^<]+)/g),
      ([, tone, text]) => [tone, text],
    );
  assert.deepEqual(nets({ approx: 0, buySpeed: 100, sellSpeed: 300 }), [
    ...[["p up", "+800"], ["p up", "+19,00"], ["p dn", "-200"]],
  ]);
  assert.doesNotMatch(of({ approx: 0 }), /≈|ước tính/);
  const future = renderToString(
    <ForeignPanel flow={null} row={{ symbol: "41I1GC000" }} context={inPoints} />,
  );
  assert.match(textOf(future), /không gửi giao dịch khối ngoại của phái sinh/);
});

Deno.test("symbol page - volume at price names where most was traded; many prices share rows", () => {
  const prices = volumePricesOf(tradesOf(100, 700, 200).trades);
  const html = renderToString(
    <VolumeProfile prices={prices} origin="x" row={HPG} context={context} />,
  );
  assert.match(textOf(html), /Nhiều nhất ở 26,55: 70,0%/);
  const many = volumePricesOf(tradesOf(...Array(100).fill(10)).trades);
  const thin = renderToString(
    <VolumeProfile prices={many} origin="x" row={HPG} context={context} />,
  );
  assert.equal(thin.match(/<th scope="row"/g)!.length, 20);
  assert.match(textOf(thin), /5,0%/);
});

Deno.test("symbol page - what somebody wrote into the address is only ever text", () => {
  const html = renderToString(
    <UnknownSymbol
      {...{ ticker: "<b>X</b>", near: [{ symbol: "HPG", name: "<i>Hòa Phát" }], known: 2 }}
      words={symbolWordsOf("en")}
      style={numberStyleOf("en")}
    />,
  );
  assert.ok(html.includes("No symbol &lt;b>X&lt;/b>"));
  assert.ok(html.includes('<a href="/stock/HPG">HPG</a> &lt;i>Hòa Phát'));
});
