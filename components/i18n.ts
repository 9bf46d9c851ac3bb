import type { NumberStyle } from "./number_format.ts";

/** Languages of the pages; Vietnamese is the default. */
export type Lang = "vi" | "en";
export const LANGS: readonly Lang[] = ["vi", "en"];

const VI = {
  title: "Bảng giá VN30",
  description:
    "Bảng giá VN30 trực tiếp: giá, dư mua, dư bán, khớp lệnh, khối ngoại và chỉ số, theo giờ Việt Nam.",
  skipToContent: "Tới nội dung chính",
  simulatedRibbon: "MÔ PHỎNG / SIMULATED",
  simulatedNote: "Số liệu do sàn mô phỏng sinh ra, không phải giá thật.",
  replayRibbon: "PHÁT LẠI / REPLAY",
  replayNote: "Phiên đã ghi được phát lại, không phải thị trường lúc này.",
  units: "Giá: 1.000 đồng. Khối lượng (KL): cổ phiếu. Giá trị (GT): tỷ đồng.",
  boardHint: "Bấm vào tiêu đề cột để sắp xếp.",
  emptyBoard: "Đang chờ danh sách VN30 từ nguồn dữ liệu.",
  indices: "Chỉ số",
  allColumns: "Hiện đủ cột: trần, sàn, dư mua, dư bán",
  noScript:
    "Trình duyệt đang tắt JavaScript: đây là ảnh chụp tại thời điểm ghi bên trên. Tải lại trang để cập nhật.",
  language: "Ngôn ngữ",
  theme: "Giao diện",
  themeDark: "Tối",
  themeLight: "Sáng",
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
  legend: "Chú giải",
  legendCe: "trần",
  legendUp: "tăng",
  legendRe: "tham chiếu",
  legendDn: "giảm",
  legendFl: "sàn",
  legendEst: "* giá dự khớp của phiên ATO/ATC đang chạy",
  legendStatus: "(mã) sau tên: trạng thái giao dịch do sàn công bố, ví dụ H là tạm ngừng",
  about:
    "Bảng giá đọc luồng dữ liệu của SSI FastConnect, chỉ để xem, không phải khuyến nghị đầu tư. Mọi giờ là giờ Việt Nam (UTC+7).",
  dataOf: "Nguồn số liệu",
  providerSsi: "SSI FastConnect Data",
  providerSim: "Sàn mô phỏng (không phải giá thật)",
  forPrograms: "Cho chương trình",
  notFoundTitle: "Không có trang này",
  notFoundText: "Địa chỉ vừa mở không tồn tại.",
  badRequestTitle: "Yêu cầu không hợp lệ",
  badRequestText: "Địa chỉ chứa tham số mà trang này không hiểu.",
  failedTitle: "Máy chủ gặp lỗi",
  failedText: "Trang chưa dựng được. Hãy thử tải lại sau ít giây.",
  backToBoard: "Về bảng giá VN30",
};

/** Keys of the dictionary; both languages hold every one. */
export type Words = Readonly<Record<keyof typeof VI, string>>;

const EN: Words = {
  title: "VN30 price board",
  description:
    "Live VN30 price board: prices, order book, matches, foreign flow and indices, in Viet Nam time.",
  skipToContent: "Skip to the content",
  simulatedRibbon: "MÔ PHỎNG / SIMULATED",
  simulatedNote: "Numbers come from a simulated exchange; they are not real prices.",
  replayRibbon: "PHÁT LẠI / REPLAY",
  replayNote: "A recorded session is played again; it is not the market now.",
  units: "Prices: thousand VND. Volumes: shares. Value: billion VND.",
  boardHint: "Press a column heading to sort.",
  emptyBoard: "Waiting for the VN30 list from the data source.",
  indices: "Indices",
  allColumns: "Show every column: limits, bids, asks",
  noScript:
    "JavaScript is off: this is a picture taken at the time shown above. Reload the page for newer numbers.",
  language: "Language",
  theme: "Theme",
  themeDark: "Dark",
  themeLight: "Light",
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
  legend: "Legend",
  legendCe: "ceiling",
  legendUp: "up",
  legendRe: "reference",
  legendDn: "down",
  legendFl: "floor",
  legendEst: "* expected price of the ATO/ATC call auction under way",
  legendStatus: "(code) after a symbol: its trading status as the exchange states it, H is halted",
  about:
    "The board reads the SSI FastConnect stream. For viewing only; not investment advice. All times are Viet Nam time (UTC+7).",
  dataOf: "Data",
  providerSsi: "SSI FastConnect Data",
  providerSim: "Simulated exchange (not real prices)",
  forPrograms: "For programs",
  notFoundTitle: "No such page",
  notFoundText: "The address you opened does not exist.",
  badRequestTitle: "Bad request",
  badRequestText: "The address holds a parameter that this page does not know.",
  failedTitle: "The server failed",
  failedText: "The page could not be built. Please reload in a few seconds.",
  backToBoard: "To the VN30 board",
};

const WORDS: Readonly<Record<Lang, Words>> = { vi: VI, en: EN };
const STYLES: Readonly<Record<Lang, NumberStyle>> = {
  vi: { group: ".", decimal: ",", million: "tr", billion: "tỷ" },
  en: { group: ",", decimal: ".", million: "M", billion: "B" },
};

/** The dictionary of a language. */
export function wordsOf(lang: Lang): Words {
  return WORDS[lang];
}

/** The number marks of a language. */
export function numberStyleOf(lang: Lang): NumberStyle {
  return STYLES[lang];
}
