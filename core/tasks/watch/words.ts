import type { Lang } from "../../../components/i18n.ts";

const VI = {
  symbol: "Mã",
  ref: "TC",
  ceil: "Trần",
  floor: "Sàn",
  b1p: "Mua 1",
  b1v: "KL mua",
  last: "Khớp",
  change: "+/-",
  percent: "%",
  lastVol: "KL khớp",
  a1p: "Bán 1",
  a1v: "KL bán",
  vol: "Tổng KL",
  val: "GT (tỷ)",
  high: "Cao",
  low: "Thấp",
  fBuy: "NN mua",
  fSell: "NN bán",
  shown: "{n}/{all} mã",
  expected: "* giá dự kiến",
  quit: "Ctrl-C để thoát",
  waiting: "Đang chờ số liệu",
};

/** Words of the board in the terminal: headings by the keys of the board's columns, and the rest. */
export type WatchWords = Readonly<typeof VI>;

const EN: WatchWords = {
  symbol: "Symbol",
  ref: "Ref",
  ceil: "Ceiling",
  floor: "Floor",
  b1p: "Bid 1",
  b1v: "Bid vol",
  last: "Match",
  change: "+/-",
  percent: "%",
  lastVol: "Volume",
  a1p: "Ask 1",
  a1v: "Ask vol",
  vol: "Total vol",
  val: "Value (B)",
  high: "High",
  low: "Low",
  fBuy: "Frgn buy",
  fSell: "Frgn sell",
  shown: "{n}/{all} symbols",
  expected: "* expected price",
  quit: "Ctrl-C to quit",
  waiting: "Waiting for data",
};

export function watchWordsOf(lang: Lang): WatchWords {
  return lang === "vi" ? VI : EN;
}
