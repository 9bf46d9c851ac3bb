import type { Lang } from "../i18n.ts";
import { shellWordsOf } from "./shell_words.ts";

const VI = {
  find: "Tìm mã, tên công ty, trang, lệnh",
  findHint: "Gõ mã, tên công ty, tên trang hoặc lệnh",
  results: "Kết quả",
  nothing: "Không tìm thấy “{text}”.",
  noSymbols: "Chưa lấy được danh sách mã; vẫn tìm được trang và lệnh.",
  notLoaded: "Chưa tải được hộp tìm. Hãy kiểm tra kết nối rồi nhấn phím lần nữa.",
  page: "Trang",
  security: "Trang của mã",
  row: "Tới dòng, hoặc trang",
  command: "Lệnh",
  pause: "Tạm dừng hoặc chạy tiếp",
  realtime: "Bật hoặc tắt tức thời",
  fullScreen: "Toàn màn hình",
  help: "Phím tắt",
  close: "Đóng",
  keys: [
    ["A–Z", "gõ mã để nhảy tới mã đó"],
    ["/ · Ctrl K", "tìm mã, tên công ty, trang, lệnh"],
    ["1–7", "mở trang theo thứ tự"],
    ["↑ ↓ Home End", "đi theo dòng của bảng"],
    ["Enter", "ghim dòng lên đầu, hoặc mở mã đã tìm"],
    ["P", "tạm dừng hoặc chạy tiếp"],
    ["?", "bảng phím tắt này"],
    ["Esc", "đóng hộp đang mở"],
  ],
};

const EN: typeof VI = {
  find: "Find a symbol, company, page or command",
  findHint: "Type a symbol, a company, a page, or a command",
  results: "Results",
  nothing: "Nothing found for “{text}”.",
  noSymbols: "The list of symbols could not be fetched; pages and commands are found.",
  notLoaded: "The box could not be loaded. Check the connection and press the key again.",
  page: "Page",
  security: "Page of the symbol",
  row: "Its row, or page",
  command: "Command",
  pause: "Pause or resume",
  realtime: "Real time on or off",
  fullScreen: "Full screen",
  help: "Keyboard shortcuts",
  close: "Close",
  keys: [
    ["A–Z", "type a symbol to jump to it"],
    ["/ · Ctrl K", "find a symbol, company, page or command"],
    ["1–7", "open the pages in their order"],
    ["↑ ↓ Home End", "walk along the rows of a table"],
    ["Enter", "pin the row to the top, or open what was found"],
    ["P", "pause or resume"],
    ["?", "this list of keys"],
    ["Esc", "close what is open"],
  ],
};

/** Words of the keyboard: the box that finds things, and the list of keys. */
export interface KeyWords extends Readonly<typeof VI> {
  readonly pages: Readonly<Record<string, string>>;
}

export function keyWordsOf(lang: Lang): KeyWords {
  return { ...(lang === "vi" ? VI : EN), pages: shellWordsOf(lang).pages };
}
