import type { Told } from "./codes.ts";
import type { ProblemCode } from "./problem.ts";

/** What each code of an error answer says. */
export const PROBLEM_CODES: Readonly<Record<ProblemCode, Told>> = {
  BAD_REQUEST: { vi: "yêu cầu không trả lời được", en: "the request cannot be answered" },
  UNKNOWN_PARAMETER: {
    vi: "tham số lạ; parameter nêu tên, wanted nêu các tên đúng",
    en: "an unknown parameter; parameter names it, wanted those that there are",
  },
  REPEATED_PARAMETER: { vi: "tham số đưa hai lần", en: "a parameter given twice" },
  BAD_PARAMETER: {
    vi: "giá trị không hợp lệ; wanted nêu dạng đúng",
    en: "a bad value; wanted tells the form",
  },
  UNAUTHENTICATED: { vi: "cần token hợp lệ", en: "a valid token is needed" },
  FORBIDDEN_ORIGIN: {
    vi: "trang web ở tên miền này không được mở kết nối",
    en: "pages of this origin may open no connection",
  },
  NOT_FOUND: {
    vi: "không có địa chỉ, mã, hợp đồng, kênh hoặc ngày này",
    en: "no such address, symbol, contract, channel or day",
  },
  METHOD_NOT_ALLOWED: {
    vi: "sai phương thức; đầu mục Allow nêu phương thức đúng",
    en: "another method; the header Allow names those that there are",
  },
  NOT_ACCEPTABLE: {
    vi: "không có dạng nào mà Accept nhận",
    en: "none of the media types that Accept takes",
  },
  WRONG_HOST: {
    vi: "máy chủ chỉ nghe máy này và được hỏi bằng tên khác",
    en: "a server of one machine, asked by a name that is not that machine's",
  },
  UPGRADE_REQUIRED: { vi: "địa chỉ chỉ dành cho WebSocket", en: "an address for sockets alone" },
  RATE_LIMITED: {
    vi: "quá nhiều yêu cầu hoặc kết nối; chờ Retry-After giây",
    en: "too many requests or connections; wait Retry-After seconds",
  },
  NOT_READY: { vi: "chưa có dữ liệu nào", en: "there is no data yet" },
  STORE_UNAVAILABLE: {
    vi: "không đọc được cơ sở dữ liệu lúc này; detail nêu lý do",
    en: "the database cannot be read now; detail tells why",
  },
  UNAVAILABLE: {
    vi: "máy chủ bận, đầy hoặc đang dừng",
    en: "the server is busy, full or stopping",
  },
  INTERNAL: {
    vi: "lỗi của máy chủ; nhật ký ghi cùng request_id",
    en: "an error on our side; the log has the request_id",
  },
};
