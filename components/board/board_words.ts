import type { Lang } from "../i18n.ts";

const VI = {
  boardHint: "Bấm vào tiêu đề cột để sắp xếp.",
  emptyBoard: "Đang chờ danh sách VN30 từ nguồn dữ liệu.",
  units: "Giá: 1.000 đồng. Khối lượng (KL): cổ phiếu. Giá trị (GT): tỷ đồng.",
  indices: "Chỉ số",
  allColumns: "Hiện đủ cột: trần, sàn, dư mua, dư bán",
  symbol: "Mã",
  groupLimits: "Giá giới hạn",
  groupBids: "Dư mua",
  groupMatch: "Khớp lệnh",
  groupAsks: "Dư bán",
  groupTotal: "Tổng",
  groupRange: "Giá trong phiên",
  groupForeign: "ĐTNN",
  ceil: "Trần",
  floor: "Sàn",
  ref: "TC",
  price: "Giá",
  volume: "KL",
  change: "+/-",
  percent: "%",
  totalVolume: "Tổng KL",
  value: "GT (tỷ)",
  high: "Cao",
  avg: "TB",
  low: "Thấp",
  foreignBuy: "Mua",
  foreignSell: "Bán",
  room: "Room",
};

/** Words of the price board. */
export type BoardWords = Readonly<typeof VI>;

const EN: typeof VI = {
  boardHint: "Press a column heading to sort.",
  emptyBoard: "Waiting for the VN30 list from the data source.",
  units: "Prices: thousand VND. Volumes: shares. Value: billion VND.",
  indices: "Indices",
  allColumns: "Show every column: limits, bids, asks",
  symbol: "Symbol",
  groupLimits: "Limits",
  groupBids: "Bids",
  groupMatch: "Match",
  groupAsks: "Asks",
  groupTotal: "Total",
  groupRange: "Day range",
  groupForeign: "Foreign",
  ceil: "Ceil",
  floor: "Floor",
  ref: "Ref",
  price: "Price",
  volume: "Vol",
  change: "+/-",
  percent: "%",
  totalVolume: "Volume",
  value: "Val (B)",
  high: "High",
  avg: "Avg",
  low: "Low",
  foreignBuy: "Buy",
  foreignSell: "Sell",
  room: "Room",
};

export function boardWordsOf(lang: Lang): BoardWords {
  return lang === "vi" ? VI : EN;
}
