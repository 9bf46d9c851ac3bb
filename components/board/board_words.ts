import type { Lang } from "../i18n.ts";
import type { PriceScale } from "../number_format.ts";
import type { TabName } from "./board_tabs.ts";

const VI = {
  boardHint: "Bấm vào tiêu đề cột để sắp xếp.",
  emptyBoard: "Đang chờ danh sách mã từ nguồn dữ liệu. Trang tự điền khi có.",
  emptyList: "Chưa có mã nào trong danh sách.",
  unitsThousand: "Giá: 1.000 đồng. Khối lượng (KL): cổ phiếu. Giá trị (GT): tỷ đồng.",
  unitsVnd: "Giá: đồng. Khối lượng (KL): cổ phiếu. Giá trị (GT): tỷ đồng.",
  unitsPoints: "Giá, độ lệch: điểm. Khối lượng (KL): hợp đồng. OI: nguồn dữ liệu không có.",
  sectorHint:
    "Dòng ngành là tổng các mã VN30 của ngành: KL, GT, NN; % là trung bình cộng của các mã đã khớp.",
  indices: "Chỉ số",
  allColumns: "Đủ cột",
  symbol: "Mã",
  groupLimits: "Giá giới hạn",
  groupBids: "Dư mua",
  groupMatch: "Khớp lệnh",
  groupAsks: "Dư bán",
  groupCourse: "Diễn biến",
  groupTotal: "Tổng",
  groupRange: "Giá trong phiên",
  groupForeign: "ĐTNN",
  groupContract: "Hợp đồng",
  groupBasis: "So với VN30",
  ceil: "Trần",
  floor: "Sàn",
  ref: "TC",
  price: "Giá",
  volume: "KL",
  change: "+/-",
  percent: "%",
  trend: "Đồ thị",
  pressure: "Mua/bán",
  totalVolume: "Tổng KL",
  value: "GT (tỷ)",
  points: "Điểm VN30",
  open: "Mở",
  high: "Cao",
  avg: "TB",
  low: "Thấp",
  foreignBuy: "Mua",
  foreignSell: "Bán",
  room: "Room",
  expiry: "Đáo hạn",
  daysLeft: "Ngày",
  basis: "Độ lệch",
  fair: "Lý thuyết",
  rich: "Đắt/rẻ",
  openInterest: "OI",
  tabs: "Danh sách trên bảng",
  tab: {
    vn30: "VN30",
    hose: "HOSE",
    hnx: "HNX",
    upcom: "UPCOM",
    der: "Phái sinh",
    watch: "Của tôi",
    sectors: "Ngành",
    all: "Tất cả",
  },
};

/** Words of the price board. */
export type BoardWords = Readonly<typeof VI>;

const EN: typeof VI = {
  boardHint: "Press a column heading to sort.",
  emptyBoard: "Waiting for the list of securities from the data source. The page fills by itself.",
  emptyList: "No symbol on the list yet.",
  unitsThousand: "Prices: thousand VND. Volumes: shares. Value: billion VND.",
  unitsVnd: "Prices: VND. Volumes: shares. Value: billion VND.",
  unitsPoints: "Prices, differences: points. Volumes: contracts. OI: the data source has none.",
  sectorHint:
    "The line of a sector adds up its VN30 members: volume, value, foreign; % is the plain mean of the members that traded.",
  indices: "Indices",
  allColumns: "All columns",
  symbol: "Symbol",
  groupLimits: "Limits",
  groupBids: "Bids",
  groupMatch: "Match",
  groupAsks: "Asks",
  groupCourse: "Day",
  groupTotal: "Total",
  groupRange: "Day range",
  groupForeign: "Foreign",
  groupContract: "Contract",
  groupBasis: "Against VN30",
  ceil: "Ceil",
  floor: "Floor",
  ref: "Ref",
  price: "Price",
  volume: "Vol",
  change: "+/-",
  percent: "%",
  trend: "Trend",
  pressure: "Buy/sell",
  totalVolume: "Volume",
  value: "Val (B)",
  points: "VN30 pts",
  open: "Open",
  high: "High",
  avg: "Avg",
  low: "Low",
  foreignBuy: "Buy",
  foreignSell: "Sell",
  room: "Room",
  expiry: "Expiry",
  daysLeft: "Days",
  basis: "Basis",
  fair: "Fair",
  rich: "Rich",
  openInterest: "OI",
  tabs: "Lists on the board",
  tab: {
    vn30: "VN30",
    hose: "HOSE",
    hnx: "HNX",
    upcom: "UPCOM",
    der: "Futures",
    watch: "My list",
    sectors: "Sectors",
    all: "All",
  },
};

export function boardWordsOf(lang: Lang): BoardWords {
  return lang === "vi" ? VI : EN;
}

/** A word of a heading. */
export type HeadWord = Exclude<keyof BoardWords, "tab">;

/** The units of a board's numbers, and what its lines of sums are. */
export function boardNote(words: BoardWords, tab: TabName, unit: PriceScale): string {
  if (tab === "der") return words.unitsPoints;
  const units = unit === "vnd" ? words.unitsVnd : words.unitsThousand;
  return tab === "sectors" ? `${units} ${words.sectorHint}` : units;
}
