import { VN30_SECTORS, VN30_SEED } from "../market/vn30.ts";
import { draw, keyOf, STREAM } from "./rng.ts";

/** Names of the made-up companies never change with the seed of a day: a board keeps its tickers. */
const NAME_KEY = keyOf(30, "names");

const LETTERS = "ABCDEGHIKLMNPQRSTUVXY";

const FIRST =
  "An Bình Cẩm Đại Đông Gia Hải Hòa Hưng Kim Lam Long Minh Nam Ngọc Phú Quang Sơn Tân Thái"
    .split(" ");
const SECOND = "Bảo Châu Cường Dương Giang Hà Khánh Lâm Lộc Nguyên Phát Phong Quý Thành Thịnh Tiến"
  .split(" ");

/** What a made-up company does, by sector in the order of VN30_SECTORS. */
const TRADES: readonly (readonly [vi: string, en: string])[] = [
  ["Tài chính", "Finance"],
  ["Chứng khoán", "Securities"],
  ["Địa ốc", "Land"],
  ["Du lịch", "Tourism"],
  ["Thực phẩm", "Foods"],
  ["Bán lẻ", "Retail"],
  ["Dầu khí", "Petroleum"],
  ["Thép", "Steel"],
  ["Cao su", "Rubber"],
  ["Vận tải", "Transport"],
  ["Công nghệ", "Technology"],
];

/** How many sectors move together in the price model. */
export const SECTOR_COUNT = VN30_SECTORS.length;

/** `count` three-letter tickers, all different and none of VN30. */
export function makeTickers(count: number): string[] {
  const taken = new Set(VN30_SEED);
  const tickers: string[] = [];
  for (let i = 0; tickers.length < count; i++) {
    const bits = draw(NAME_KEY, STREAM.listing, i);
    const ticker = letter(bits & 1023) + letter((bits >>> 10) & 1023) + letter(bits >>> 20);
    if (taken.has(ticker)) continue;
    taken.add(ticker);
    tickers.push(ticker);
  }
  return tickers;
}

/** The Vietnamese and English name of a made-up company. */
export function makeName(ticker: string, sector: number): { vi: string; en: string } {
  const bits = draw(keyOf(NAME_KEY, ticker), STREAM.listing, 0);
  const name = `${FIRST[bits % FIRST.length]} ${SECOND[(bits >>> 8) % SECOND.length]}`;
  const [vi, en] = TRADES[sector]!;
  return { vi: `CTCP ${vi} ${name}`, en: `${plain(name)} ${en} JSC` };
}

function letter(bits: number): string {
  return LETTERS[bits % LETTERS.length]!;
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("Đ", "D").replaceAll("đ", "d");
}
