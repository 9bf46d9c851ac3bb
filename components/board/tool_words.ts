import type { Lang } from "../i18n.ts";

const VI = {
  find: "Tìm mã",
  columns: "Cột",
  notLoaded: "Chưa tải được danh sách cột. Hãy kiểm tra kết nối rồi mở lại.",
  referenceLast: "TC đứng sau Trần, Sàn",
  resetColumns: "Về mặc định",
  pin: "Ghim vào danh sách của tôi",
  add: "Thêm mã",
  addButton: "Thêm",
  exportList: "Xuất",
  importList: "Nhập",
  exportName: "danh-muc.txt",
  imported: "Đã nhập {count} mã.",
  refused: "Bỏ qua {count} mục không phải mã hoặc vượt {max} mã.",
  notTicker: "“{text}” không phải mã chứng khoán.",
  full: "Danh sách của bạn đã đủ {max} mã, không thêm được {symbols}.",
  unknown: "Không có trên thị trường: {symbols}.",
  dropUnknown: "Bỏ các mã này khỏi danh sách",
  watchEmpty:
    "Danh sách của bạn còn trống. Bấm ☆ cạnh một mã ở bảng khác, nhập mã ở trên, hoặc bắt đầu với các mã VN30 giao dịch nhiều nhất hôm nay:",
  watchNoScript: "Danh sách riêng nằm trong trình duyệt này và cần JavaScript.",
  watchHint:
    "Kéo mã hoặc Alt+↑/↓ để đổi thứ tự; Enter, bấm đúp hoặc ★ để bỏ ghim. Danh sách chỉ lưu trong trình duyệt này.",
};

/** Words of what a reader does with the price board. */
export type ToolWords = Readonly<typeof VI>;

const EN: typeof VI = {
  find: "Find symbol",
  columns: "Columns",
  notLoaded: "The columns could not be loaded. Check the connection and open this again.",
  referenceLast: "Reference after ceiling and floor",
  resetColumns: "Back to default",
  pin: "Pin to my list",
  add: "Add symbol",
  addButton: "Add",
  exportList: "Export",
  importList: "Import",
  exportName: "watchlist.txt",
  imported: "Symbols imported: {count}.",
  refused: "{count} entries left out: no symbol, or beyond {max} symbols.",
  notTicker: "“{text}” is no symbol of a security.",
  full: "Your list holds {max} symbols already; not added: {symbols}.",
  unknown: "Not in the market: {symbols}.",
  dropUnknown: "Take these off the list",
  watchEmpty:
    "Your list is empty. Press ☆ beside a symbol on another board, type a symbol above, or begin with the most traded of VN30 today:",
  watchNoScript: "Your own list lives in this browser and needs JavaScript.",
  watchHint:
    "Drag a symbol or use Alt+↑/↓ to change the order; Enter, double click or ★ unpins. The list is kept in this browser only.",
};

export function toolWordsOf(lang: Lang): ToolWords {
  return lang === "vi" ? VI : EN;
}
