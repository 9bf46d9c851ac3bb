import type { LOG_KINDS, RowSetName, STATUS_CHANNEL, TableName } from "./channel.ts";
import type { Told } from "./codes.ts";

/** How channels are named in the documents: those of one security by their form. */
type ChannelForm =
  | RowSetName
  | `${"stock" | "book" | "trades"}:TICKER`
  | Exclude<typeof LOG_KINDS[number], "trades">
  | typeof STATUS_CHANNEL;

/** What each channel holds. */
export const CHANNEL_WORDS: Readonly<Record<ChannelForm, Told>> = {
  market: { vi: "mọi chứng khoán của các sàn", en: "every security of all boards" },
  "board:vn30": { vi: "cổ phiếu trong rổ VN30", en: "members of VN30" },
  "board:hose": { vi: "chứng khoán sàn HOSE", en: "securities of HOSE" },
  "board:hnx": { vi: "chứng khoán sàn HNX", en: "securities of HNX" },
  "board:upcom": { vi: "chứng khoán sàn UPCoM", en: "securities of UPCoM" },
  "board:der": { vi: "hợp đồng tương lai đang niêm yết", en: "listed futures" },
  "board:extra": { vi: "các mã trong EXTRA_SYMBOLS", en: "symbols of EXTRA_SYMBOLS" },
  "stock:TICKER": { vi: "một chứng khoán", en: "one security" },
  "book:TICKER": {
    vi: "mười bước giá mỗi bên của một mã",
    en: "ten levels a side of one security",
  },
  "trades:TICKER": {
    vi: "nhật ký: lệnh khớp của một mã, 1.000 lệnh mới nhất",
    en: "a log: trades of one security, the newest 1,000",
  },
  index: { vi: "mọi chỉ số nguồn có gửi", en: "every index that the feed names" },
  foreign: {
    vi: "khối ngoại của VN30 và các mã thêm",
    en: "foreign flow of VN30 and extra symbols",
  },
  flow: {
    vi: "khối ngoại cộng lại: VN30, từng sàn, từng ngành",
    en: "foreign flow in sum: VN30, each board, each sector",
  },
  volume: {
    vi: "khối lượng mua, bán chủ động theo phiên",
    en: "active volumes by phase",
  },
  derivatives: {
    vi: "chênh lệch và giá hợp lý của tương lai chỉ số",
    en: "basis and fair value of index futures",
  },
  limits: {
    vi: "mã đang ở hoặc đã chạm giá trần, giá sàn hôm nay, và dư mua trần, dư bán sàn",
    en: "securities that are or were at a price limit today, and the queue there",
  },
  alerts: {
    vi: "nhật ký: cảnh báo của ngày, 500 mục mới nhất",
    en: "a log: alerts of the day, the newest 500",
  },
  status: {
    vi: "chỉ tình trạng nguồn (khung st)",
    en: "the state of the source alone (st frames)",
  },
};

/** Names of the channels as documents write them, in their order. */
export const CHANNEL_FORMS = Object.keys(CHANNEL_WORDS) as ChannelForm[];

/** The lists of fields, and the channels that share each. */
export const FIELDS_OF: Readonly<Record<TableName | "trades", string>> = {
  stock: "market, board:…, stock:TICKER",
  index: "index",
  foreign: "foreign",
  flow: "flow",
  volume: "volume",
  derivatives: "derivatives",
  limits: "limits",
  book: "book:TICKER",
  trades: "trades:TICKER",
};
