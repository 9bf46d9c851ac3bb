import type { Told } from "../wire/codes.ts";
import { ALERTS_DEFAULT, DAYS_DEFAULT, ROWS_DEFAULT } from "./history_queries.ts";
import { SYMBOLS_MAX } from "./queries.ts";

/** What the parameters in paths name. */
export const PATH_WORDS = {
  symbol: {
    vi: "mã chứng khoán hoặc tương lai, hoa thường đều được",
    en: "a ticker or a future, in either case",
  },
  name: { vi: "chỉ số, như VN30 hoặc VNINDEX", en: "an index such as VN30 or VNINDEX" },
  contract: {
    vi: "mã hợp đồng, hoặc VN30F1M, VN30F2M, VN30F1Q, VN30F2Q",
    en: "the code of a future, or VN30F1M, VN30F2M, VN30F1Q, VN30F2Q",
  },
  channel: {
    vi: "tên kênh, như index, board:vn30 hoặc stock:FPT",
    en: "a channel such as index, board:vn30 or stock:FPT",
  },
  date: { vi: "ngày đã ghi", en: "a recorded day" },
  minute: { vi: "phút, HH:mm giờ sàn", en: "a minute, HH:mm of the exchange" },
} as const satisfies Readonly<Record<string, Told>>;

/** What the parameters in queries do, wherever they stand. */
export const QUERY_WORDS = {
  symbols: {
    vi: `chỉ các mã này, cách nhau bằng dấu phẩy, nhiều nhất ${SYMBOLS_MAX}`,
    en: `these symbols alone, separated by commas, ${SYMBOLS_MAX} at most`,
  },
  scope: { vi: "phạm vi", en: "which securities" },
  series: { vi: "thêm diễn biến trong ngày", en: "adds the course of the day" },
  top: { vi: "chỉ bấy nhiêu mã giao dịch nhiều nhất", en: "so many securities, the most traded" },
  minutes: { vi: "bấy nhiêu phút gần nhất", en: "so many last minutes" },
  step: { vi: "ít nhất bấy nhiêu giây giữa hai mốc", en: "seconds between two points at least" },
  contract: {
    vi: "mã hợp đồng, hoặc VN30F1M và tương tự; mặc định: hợp đồng giao dịch nhiều nhất",
    en: "a listed future, or VN30F1M and the like; by default the one most traded",
  },
  limit: { vi: "số mục nhiều nhất", en: "entries at most" },
  type: { vi: "loại cảnh báo", en: "kind of alert" },
  severity: { vi: "mức độ", en: "severity" },
  symbol: { vi: "cảnh báo của mã này", en: "alerts of this symbol" },
  cursor: {
    vi: "next_cursor của trang trước, cùng câu hỏi",
    en: "next_cursor of the page before, with the same query",
  },
  index: { vi: "chỉ số", en: "the index" },
  start: { vi: "từ ngày hoặc thời điểm này", en: "from this day or time on" },
  end: { vi: "đến hết ngày hoặc thời điểm này", en: "up to this day or time, itself included" },
  days: {
    vi: `bấy nhiêu ngày gần nhất, mặc định ${DAYS_DEFAULT}; không đi cùng start, end`,
    en: `so many last days, ${DAYS_DEFAULT} unless told; not beside start and end`,
  },
  interval: { vi: "độ dài nến", en: "length of a candle" },
  order: { vi: "cũ trước hay mới trước", en: "oldest or newest first" },
  format: { vi: "dạng trả lời, thay cho Accept", en: "shape of the answer, instead of Accept" },
  lang: { vi: "ngôn ngữ", en: "the language" },
  c: { vi: "các kênh", en: "the channels" },
  from: {
    vi: "vị trí đang giữ của từng kênh: chỉ nhận phần thiếu",
    en: "positions held: only what is missing comes",
  },
  syms: { vi: "chỉ các hàng này", en: "these rows alone" },
  e: { vi: "kỷ nguyên của vị trí đang giữ; đi cùng s", en: "epoch of the position held; beside s" },
  s: { vi: "seq của vị trí đang giữ; đi cùng e", en: "seq of the position held; beside e" },
  rate: { vi: "ms giữa hai cập nhật", en: "ms between two updates" },
  lastEventId: {
    vi: "vị trí đi tiếp, khi không đặt được đầu mục Last-Event-ID",
    en: "position to go on from, where the header Last-Event-ID cannot be set",
  },
  at: {
    vi: "như thị trường ở phút này của một ngày đã ghi",
    en: "as the market was at this minute of a recorded day",
  },
} as const satisfies Readonly<Record<string, Told>>;

/** What `limit` does in lists of the store. */
export const ROWS_LIMIT_WORDS: Told = {
  vi:
    `số hàng nhiều nhất; mặc định JSON ${ROWS_DEFAULT} (cảnh báo ${ALERTS_DEFAULT}), NDJSON và CSV mọi hàng`,
  en:
    `rows at most; unless told JSON has ${ROWS_DEFAULT} (alerts ${ALERTS_DEFAULT}), NDJSON and CSV all`,
};

/** What a text in a path, a query or a header may be; those of a few words and numbers have none. */
export const TEXT_SAMPLES: Readonly<Record<string, string>> = {
  at: "2026-11-20T10:42",
  c: "index,board:vn30",
  channel: "board:vn30",
  contract: "VN30F1M",
  cursor: "next_cursor",
  date: "2026-11-20",
  e: "k3f9",
  end: "2026-11-20",
  from: "index@k3f9/1041",
  lastEventId: "k3f9/1041",
  "Last-Event-ID": "k3f9/1041",
  minute: "10:42",
  name: "VN30",
  start: "2026-11-16",
  symbol: "FPT",
  symbols: "FPT,VNM",
  syms: "FPT,VNM",
};
