import type { Lang } from "../../../components/i18n.ts";

const VI = {
  title: "REST API",
  description: "Mọi địa chỉ REST của máy chủ này: tham số, câu trả lời mẫu, lỗi.",
  intro:
    "Mọi số liệu của máy chủ này đọc được bằng một câu hỏi HTTP. Giá tính bằng đồng (chỉ số và tương lai: điểm), khối lượng bằng cổ phiếu hoặc hợp đồng, giá trị bằng đồng, giờ là giờ sàn; null là không có.",
  document: "Bản cho máy (OpenAPI 3.1)",
  realtime: "API thời gian thực",
  realtimeDocument: "Kênh cho máy (AsyncAPI 3.0)",
  board: "Bảng giá VN30",
  contents: "Mục lục",
  parameter: "Tham số",
  parameters: "Tham số",
  form: "Dạng hoặc ví dụ",
  meaning: "Nghĩa",
  required: "bắt buộc",
  byDefault: "mặc định",
  inHeader: "đầu mục",
  answers: "Trả lời",
  errors: "lỗi",
  example: "Câu trả lời mẫu: số liệu mô phỏng, đã rút ngắn",
  envelope: "Chung cho mọi câu trả lời",
  token: "Máy chủ này cần token: đặt nó vào biến TOKEN.",
  envelopeNote:
    "GET và HEAD. Tham số lạ, đưa hai lần hoặc sai giá trị bị từ chối với mã 400. Mọi số liệu thị trường mang bốn trường:",
  field: "Trường",
  asOf: "giờ sàn của sự kiện mới nhất, ISO 8601 với +07:00; null khi chưa có",
  seq: "vị trí của số liệu trong kỷ nguyên, tăng dần",
  epoch: "kỷ nguyên: vị trí của hai kỷ nguyên không so được với nhau",
  dataStatus: "số liệu đáng tin đến đâu: live, stale, closed, replay hoặc simulated",
  headers: "Đầu mục của câu trả lời",
  header: "Đầu mục",
  problems: "Mã lỗi",
  problemsNote:
    "Lỗi là application/problem+json (RFC 9457) với status, code, detail, request_id và, khi một tham số có lỗi, parameter và wanted.",
  code: "Mã",
  limit: "Một địa chỉ ở máy khác được hỏi mỗi giây bấy nhiêu lần dưới /api (dồn một lúc):",
};

export type RestWords = Readonly<Record<keyof typeof VI, string>>;

const EN: RestWords = {
  title: "REST API",
  description: "Every REST address of this server: parameters, example answers, errors.",
  intro:
    "Programs can ask for every number of this server over HTTP. Prices are in VND (indices and futures in points), volumes in shares or contracts, values in VND, times of the exchange; null means not there.",
  document: "For machines (OpenAPI 3.1)",
  realtime: "Realtime API",
  realtimeDocument: "Channels for machines (AsyncAPI 3.0)",
  board: "VN30 board",
  contents: "Contents",
  parameter: "Parameter",
  parameters: "Parameters",
  form: "Form or example",
  meaning: "Meaning",
  required: "required",
  byDefault: "default",
  inHeader: "header",
  answers: "Answers",
  errors: "errors",
  example: "Example answer: simulated data, shortened",
  envelope: "Common to all answers",
  token: "This server wants a token: put it into the variable TOKEN.",
  envelopeNote:
    "GET and HEAD. An unknown parameter, one given twice and a bad value are refused with 400. All market data carry four fields:",
  field: "Field",
  asOf: "exchange time of the newest event, ISO 8601 with +07:00; null before the first",
  seq: "position of the data in their epoch, rising",
  epoch: "positions of two epochs cannot be compared",
  dataStatus: "how far numbers may be trusted: live, stale, closed, replay or simulated",
  headers: "Headers of answers",
  header: "Header",
  problems: "Error codes",
  problemsNote:
    "Errors are application/problem+json (RFC 9457) with status, code, detail, request_id and, where a parameter is to blame, parameter and wanted.",
  code: "Code",
  limit: "Requests a second below /api of one address of another machine (at once):",
};

/** The words of the page in a language. */
export function restWordsOf(lang: Lang): RestWords {
  return lang === "vi" ? VI : EN;
}
