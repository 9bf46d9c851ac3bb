import { METRICS_TYPE } from "../metrics.ts";
import type { Told } from "../wire/codes.ts";
import { MEDIA_TYPES } from "./negotiate.ts";
import type { Manner, RestOperation } from "./rest_operation.ts";
import { isRestLimited } from "./rest_rate.ts";
import { isTokenWanted } from "./rest_auth.ts";

/** Headers that answers carry besides those of every HTTP server. */
export const HEADERS = {
  "X-Request-Id": {
    vi: "mã của yêu cầu, có trong nhật ký",
    en: "id of the request, as in the log",
  },
  "Retry-After": { vi: "giây, rồi hãy hỏi lại", en: "seconds after which to ask again" },
  "RateLimit-Policy": {
    vi: "hạn mức của một địa chỉ: q yêu cầu trong w giây",
    en: "what one address may ask: q requests in w seconds",
  },
  RateLimit: {
    vi: "còn r yêu cầu; sau t giây thì đầy lại; không có với máy của chính máy chủ",
    en: "r requests are left, all of them again after t seconds; not for the server's own machine",
  },
  "WWW-Authenticate": { vi: "Bearer: cần token", en: "Bearer: the token is wanted" },
  ETag: { vi: "thẻ của nội dung, cho If-None-Match", en: "tag of what is said, for If-None-Match" },
  Link: {
    vi: "rel=next: trang kế, khi hỏi limit của NDJSON hoặc CSV",
    en: "rel=next: the next page, where limit of NDJSON or CSV was asked for",
  },
  "X-As-Of": { vi: "giờ sàn của số liệu mới nhất", en: "exchange time of the newest data" },
  "X-Data-Status": { vi: "số liệu đáng tin đến đâu", en: "how far numbers may be trusted" },
} as const satisfies Readonly<Record<string, Told>>;
export type HeaderName = keyof typeof HEADERS;

/** Errors by status: what they say, and their headers. */
export const ERRORS = {
  400: { about: { vi: "tham số sai", en: "a bad parameter" }, headers: [] },
  401: {
    about: { vi: "cần token hợp lệ", en: "a valid token is needed" },
    headers: ["WWW-Authenticate"],
  },
  403: { about: { vi: "tên miền không được phép", en: "an origin that may not" }, headers: [] },
  404: { about: { vi: "không có", en: "there is none" }, headers: [] },
  406: {
    about: { vi: "không có dạng mà Accept nhận", en: "none of the media types of Accept" },
    headers: [],
  },
  429: {
    about: { vi: "quá nhiều yêu cầu", en: "too many requests" },
    headers: ["RateLimit-Policy", "RateLimit", "Retry-After"],
  },
  500: { about: { vi: "lỗi của máy chủ", en: "an error on our side" }, headers: [] },
  503: {
    about: { vi: "chưa trả lời được lúc này", en: "no answer for now" },
    headers: ["Retry-After"],
  },
} as const satisfies Readonly<
  Record<number, { readonly about: Told; readonly headers: readonly HeaderName[] }>
>;
export type ErrorStatus = keyof typeof ERRORS;

interface MannerFacts {
  readonly mediaTypes: readonly string[];
  readonly headers: readonly HeaderName[];
  readonly statuses: readonly ErrorStatus[];
}

const JSON_ALONE = { mediaTypes: [MEDIA_TYPES.json], headers: [] } as const;

const MANNERS: Readonly<Record<Manner, MannerFacts>> = {
  // An earlier minute of a day that is not recorded is not found.
  data: { ...JSON_ALONE, statuses: [404, 503] },
  rows: {
    mediaTypes: Object.values(MEDIA_TYPES),
    headers: ["ETag", "Link", "X-As-Of", "X-Data-Status"],
    statuses: [406, 503],
  },
  json: { ...JSON_ALONE, statuses: [] },
  moment: { ...JSON_ALONE, statuses: [503] },
  document: { ...JSON_ALONE, headers: ["ETag"], statuses: [] },
  calendar: { mediaTypes: ["text/calendar"], headers: ["ETag"], statuses: [] },
  events: { mediaTypes: ["text/event-stream"], headers: [], statuses: [429, 503] },
  text: { mediaTypes: [METRICS_TYPE], headers: [], statuses: [] },
};

/** What an operation answers with. */
export interface RestAnswers {
  readonly mediaTypes: readonly string[];
  /** Headers of the good answer. */
  readonly headers: readonly HeaderName[];
  /** Whether `If-None-Match` may save the body. */
  readonly isTagged: boolean;
  /** Statuses of its errors, rising. */
  readonly errors: readonly ErrorStatus[];
  /** Whether it wants the token where one is set. */
  readonly isGuarded: boolean;
}

export function answersOf({ manner, path, statuses = [] }: RestOperation): RestAnswers {
  const { mediaTypes, headers, statuses: ofManner } = MANNERS[manner];
  const isGuarded = isTokenWanted(path);
  const isCounted = isRestLimited(path);
  const all: readonly number[] = [
    ...[400, 500],
    ...ofManner,
    ...statuses,
    ...(isGuarded ? [401] : []),
    ...(isCounted ? [429] : []),
  ];
  const errors = Object.keys(ERRORS).map(Number).filter((status) => all.includes(status));
  return {
    mediaTypes,
    headers: [
      "X-Request-Id",
      ...(isCounted ? ["RateLimit-Policy", "RateLimit"] as const : []),
      ...headers,
    ],
    isTagged: headers.includes("ETag"),
    errors: errors as ErrorStatus[],
    isGuarded,
  };
}
