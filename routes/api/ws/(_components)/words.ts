import type { Lang } from "../../../../components/i18n.ts";

const VI = {
  title: "API thời gian thực",
  description: "Giao thức WebSocket vnstock.v1.json và luồng sự kiện của máy chủ này.",
  intro:
    "Mọi số liệu của máy chủ này đọc được bằng chương trình, khi chúng thay đổi. Giá tính bằng đồng (chỉ số và tương lai: điểm), khối lượng bằng cổ phiếu hoặc hợp đồng, giá trị bằng đồng; null là không có.",
  rest: "REST API",
  document: "Bản cho máy (AsyncAPI 3.0)",
  board: "Bảng giá VN30",
  health: "Tình trạng kết nối",
  contents: "Mục lục",
  start: "Thử ngay",
  startNote: "Chạy nguyên văn được; bấm vào một lệnh để chọn cả lệnh.",
  startToken: "Máy chủ này cần token: đặt nó vào biến TOKEN.",
  byStream: "Một kênh thành luồng sự kiện",
  byPolling: "Vài kênh một lần, không giữ kết nối",
  byScript: "Trong bảng điều khiển của trình duyệt, Deno hoặc Node từ bản 22",
  byProgram: "Các chương trình mẫu nằm trong docs/examples của mã nguồn",
  addresses: "Địa chỉ",
  address: "Địa chỉ",
  gives: "Cho gì",
  allChannels: "mọi kênh trên một kết nối, giao thức con vnstock.v1.json",
  plain: "không giao thức con, cả nội dung mỗi lần đổi",
  events: "một kênh dạng Server-Sent Events, đi tiếp bằng Last-Event-ID",
  frames: "khung của vài kênh trong một câu trả lời; from=kênh@epoch/seq cho phần thiếu",
  ticket: "POST: vé dùng một lần, 30 giây, cho chỗ chỉ viết được địa chỉ",
  token:
    "Khi có WS_AUTH_TOKEN, đưa token bằng Authorization: Bearer, bằng giao thức con base64url.bearer.vnstock.<token dạng base64url>, hoặc bằng thao tác auth.",
  channels: "Kênh",
  channel: "Kênh",
  holds: "Có gì",
  fieldsOf: "Tên các cột, theo thứ tự bit của mặt nạ",
  operations: "Thao tác của máy khách",
  sentFrames: "Khung của máy chủ",
  framesNote: "Một tin là một khung hoặc một mảng khung; k là loại. Khung lạ thì bỏ qua.",
  field: "Trường",
  form: "Dạng",
  meaning: "Nghĩa",
  optional: "có thể vắng",
  continuity: "Quy tắc liền mạch",
  rule1: "Giữ epoch và seq (e, s) của từng kênh.",
  rule2:
    "Khung d: áp dụng khi e là của bạn và p ≤ vị trí của bạn < s; bỏ qua khi s ≤ vị trí của bạn; còn lại thì đăng ký lại với from.",
  rule3: "Khung s thay cả kênh, lúc nào cũng vậy. Khung s chia phần chỉ dùng khi đủ n phần.",
  rule4: "Khung h có vị trí cao hơn của bạn, hoặc epoch khác: đã mất khung, đăng ký lại với from.",
  rule5:
    "Nhật ký: lấy mục số lớn hơn vị trí của bạn. Epoch khác, hoặc err mã GAP: thay phần đang giữ.",
  rule6: "Mặt nạ có tới 53 bit: đừng dùng phép bit 32 bit.",
  errors: "Mã lỗi (khung err)",
  code: "Mã",
  closes: "Mã đóng kết nối",
  comeBack: "Nối lại",
  reserved: "chưa máy chủ nào gửi",
  limits: "Giới hạn",
  limit: "Giới hạn",
  value: "Giá trị",
};

export type ProtocolWords = Readonly<Record<keyof typeof VI, string>>;

const EN: ProtocolWords = {
  title: "Realtime API",
  description: "The WebSocket protocol vnstock.v1.json and the event streams of this server.",
  intro:
    "Programs can read every number of this server as it changes. Prices are in VND (indices and futures in points), volumes in shares or contracts, values in VND; null means not there.",
  rest: "REST API",
  document: "For machines (AsyncAPI 3.0)",
  board: "VN30 board",
  health: "State of the connections",
  contents: "Contents",
  start: "Try it",
  startNote: "These run as they stand; press a command to select all of it.",
  startToken: "This server wants a token: put it into the variable TOKEN.",
  byStream: "One channel as a stream of events",
  byPolling: "Some channels once, without a connection that stays",
  byScript: "In the console of a browser, in Deno, or in Node from version 22",
  byProgram: "Example programs are in docs/examples of the source",
  addresses: "Addresses",
  address: "Address",
  gives: "Gives",
  allChannels: "every channel on one socket, with the subprotocol vnstock.v1.json",
  plain: "without a subprotocol, the whole payload on each change",
  events: "one channel as Server-Sent Events; Last-Event-ID goes on where it stopped",
  frames: "frames of some channels in one answer; from=channel@epoch/seq for what is missing",
  ticket: "POST: a ticket for one socket within 30 s, where only an address can be written",
  token:
    "Where WS_AUTH_TOKEN is set, give the token as Authorization: Bearer, as the subprotocol base64url.bearer.vnstock.<token in base64url>, or by the operation auth.",
  channels: "Channels",
  channel: "Channel",
  holds: "Holds",
  fieldsOf: "Names of the fields, in the order of the mask's bits",
  operations: "Operations of a client",
  sentFrames: "Frames of the server",
  framesNote:
    "A message is one frame or an array of frames; k is the kind. Skip kinds you do not know.",
  field: "Field",
  form: "Form",
  meaning: "Meaning",
  optional: "may be absent",
  continuity: "The rule of continuity",
  rule1: "Keep epoch and seq (e, s) of each channel.",
  rule2:
    "A d frame: apply it when e is yours and p ≤ yours < s; skip it when s ≤ yours; in any other case subscribe again with from.",
  rule3:
    "An s frame replaces the channel at any time. One in parts holds once all n parts are there.",
  rule4:
    "An h frame with a position above yours, or with another epoch: frames were lost, subscribe again with from.",
  rule5:
    "A log: take the entries above yours. With another epoch, or after an err of code GAP, replace what you hold.",
  rule6: "A mask has up to 53 bits: do not use 32-bit operators on it.",
  errors: "Error codes (err frames)",
  code: "Code",
  closes: "Close codes",
  comeBack: "Come back",
  reserved: "no server sends it yet",
  limits: "Limits",
  limit: "Limit",
  value: "Value",
};

/** The words of the page in a language. */
export function protocolWordsOf(lang: Lang): ProtocolWords {
  return lang === "vi" ? VI : EN;
}
