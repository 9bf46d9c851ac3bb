import { NO_QUERY } from "./answer.ts";
import { CALENDAR_QUERY } from "./calendar_query.ts";
import {
  CHANNEL_QUERY,
  CHANNELS_QUERY,
  MOMENT_CHANNELS_QUERY,
  STREAM_QUERY,
} from "./channel_queries.ts";
import { HISTORY_OPERATIONS } from "./rest_history.ts";
import { MARKET_OPERATIONS } from "./rest_market.ts";
import type { RestOperation } from "./rest_operation.ts";

const channels = { group: "channels" } as const;
const service = { group: "service", query: NO_QUERY } as const;
const documents = { group: "documents", query: NO_QUERY } as const;

const PAST_OPERATIONS = {
  recordedDays: {
    ...{ group: "past", manner: "moment", query: NO_QUERY } as const,
    path: "/api/at/days",
    about: { vi: "các ngày đã ghi", en: "recorded days" },
    gives: {
      vi: "phút đầu và phút cuối của từng ngày, giờ sàn",
      en: "first and last minute of each day, exchange time",
    },
    body: ["RecordedDays"],
    sample: "/api/at/days",
  },
  channelsAt: {
    ...{ group: "past", manner: "moment", query: MOMENT_CHANNELS_QUERY } as const,
    path: "/api/at/{date}/{minute}/channels",
    about: { vi: "kênh tại một phút", en: "channels at a minute" },
    gives: {
      vi: "các khung đầy đủ, như thị trường ở giây đầu của phút đó",
      en: "whole frames, as the market was at the first second of that minute",
    },
    body: ["FramesAnswer"],
    statuses: [404],
    sample: "/api/at/2026-11-20/10:42/channels?c=index&syms=VN30",
  },
} as const satisfies Readonly<Record<string, RestOperation>>;

const CHANNEL_OPERATIONS = {
  stream: {
    ...channels,
    manner: "events",
    path: "/api/stream/{channel}",
    about: { vi: "một kênh thành luồng", en: "a channel as a stream" },
    gives: {
      vi:
        "Server-Sent Events: event là loại khung, data là khung, id là vị trí để đi tiếp bằng Last-Event-ID",
      en:
        "Server-Sent Events: event is the kind of a frame, data the frame, id the position that Last-Event-ID goes on from",
    },
    query: STREAM_QUERY,
    body: null,
    statuses: [403, 404],
    sample: "/api/stream/index",
  },
  channels: {
    ...channels,
    manner: "json",
    path: "/api/channels",
    about: { vi: "vài kênh một lần", en: "some channels at once" },
    gives: {
      vi: "các khung mà WebSocket gửi khi đăng ký; với from chỉ phần còn thiếu",
      en: "the frames that a socket gets on subscribing; with from only what is missing",
    },
    query: CHANNELS_QUERY,
    body: ["FramesAnswer"],
    sample: "/api/channels?c=index&syms=VN30",
  },
  channel: {
    ...channels,
    manner: "json",
    path: "/api/channels/{channel}",
    about: { vi: "một kênh", en: "one channel" },
    gives: { vi: "như trên, cho một kênh", en: "the same for one channel" },
    query: CHANNEL_QUERY,
    body: ["FramesAnswer"],
    statuses: [404],
    sample: "/api/channels/status",
  },
} as const satisfies Readonly<Record<string, RestOperation>>;

const SERVICE_OPERATIONS = {
  health: {
    ...service,
    manner: "json",
    path: "/health",
    about: { vi: "tình trạng", en: "health" },
    gives: {
      vi: "nguồn, nhật ký, cơ sở dữ liệu, bộ nhớ (byte); không có token thì chỉ status và database",
      en: "feed, journal, database, memory in bytes; without the token only status and database",
    },
    body: ["Health", "BriefHealth"],
    sample: "/health",
  },
  wsHealth: {
    ...service,
    manner: "json",
    path: "/api/ws/health",
    about: { vi: "tình trạng kết nối", en: "health of the sockets" },
    gives: {
      vi: "đường đi của một con số từ nguồn tới kết nối, đếm từ lúc khởi động; độ trễ bằng ms",
      en: "the way of a number from feed to sockets, counted since the start; delays in ms",
    },
    body: ["WsHealth"],
    sample: "/api/ws/health",
  },
  livez: {
    ...service,
    manner: "json",
    path: "/livez",
    about: { vi: "tiến trình còn sống", en: "the process is alive" },
    gives: { vi: "luôn ok", en: "always ok" },
    body: ["Alive"],
    sample: "/livez",
  },
  readyz: {
    ...service,
    manner: "json",
    path: "/readyz",
    about: { vi: "sẵn sàng phục vụ", en: "fit to serve" },
    gives: { vi: "503 và lý do khi chưa sẵn sàng", en: "503 and why while it is not" },
    body: ["Ready"],
    sample: "/readyz",
  },
  metrics: {
    ...service,
    manner: "text",
    path: "/metrics",
    about: { vi: "số đo cho Prometheus", en: "figures for Prometheus" },
    gives: { vi: "dạng văn bản 0.0.4", en: "text format 0.0.4" },
    body: null,
    sample: "/metrics",
  },
} as const satisfies Readonly<Record<string, RestOperation>>;

const DOCUMENT_OPERATIONS = {
  ticket: {
    ...documents,
    method: "post",
    manner: "json",
    path: "/ws/ticket",
    about: { vi: "vé cho một WebSocket", en: "a ticket for one socket" },
    gives: {
      vi: "vé dùng một lần, và thời hạn bằng giây",
      en: "a ticket that is good once, and its life in seconds",
    },
    body: ["Ticket"],
    statuses: [403, 503],
    sample: "/ws/ticket",
  },
  calendar: {
    group: "documents",
    manner: "calendar",
    path: "/api/calendar.ics",
    about: { vi: "ngày nghỉ và đáo hạn", en: "holidays and expiries" },
    gives: {
      vi: "iCalendar: ngày không giao dịch và ngày giao dịch cuối cùng của tương lai VN30",
      en: "iCalendar: days without trading and last trading days of VN30 futures",
    },
    query: CALENDAR_QUERY,
    body: null,
    sample: "/api/calendar.ics?lang=vi",
  },
  openapi: {
    ...documents,
    manner: "document",
    path: "/api/openapi.json",
    about: { vi: "tài liệu này cho máy", en: "this document for machines" },
    gives: { vi: "OpenAPI 3.1", en: "OpenAPI 3.1" },
    body: null,
    sample: "/api/openapi.json",
  },
  asyncapi: {
    ...documents,
    manner: "document",
    path: "/api/asyncapi.json",
    about: { vi: "giao thức thời gian thực cho máy", en: "the realtime protocol for machines" },
    gives: { vi: "AsyncAPI 3.0", en: "AsyncAPI 3.0" },
    body: null,
    sample: "/api/asyncapi.json",
  },
} as const satisfies Readonly<Record<string, RestOperation>>;

/** Every operation of REST by its name, in the order of the documents. */
export const REST_OPERATIONS = {
  ...MARKET_OPERATIONS,
  ...PAST_OPERATIONS,
  ...HISTORY_OPERATIONS,
  ...CHANNEL_OPERATIONS,
  ...SERVICE_OPERATIONS,
  ...DOCUMENT_OPERATIONS,
} as const satisfies Readonly<Record<string, RestOperation>>;
export type OperationName = keyof typeof REST_OPERATIONS;
