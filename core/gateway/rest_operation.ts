import type * as z from "zod";
import type { Told } from "../wire/codes.ts";
import type { SchemaName } from "./rest_schemas.ts";

/** What operations have to do with, in the order of the page. */
export const GROUPS = {
  market: { vi: "Thị trường lúc này", en: "The market now" },
  past: { vi: "Những phút đã qua", en: "Earlier minutes" },
  history: { vi: "Lịch sử", en: "History" },
  channels: { vi: "Kênh: luồng và hỏi lại", en: "Channels: streams and polling" },
  service: { vi: "Tình trạng máy chủ", en: "State of the server" },
  documents: { vi: "Tài liệu và vé", en: "Documents and tickets" },
} as const satisfies Readonly<Record<string, Told>>;
export type GroupName = keyof typeof GROUPS;

/** How an answer travels, which decides its headers, media types and errors. */
export type Manner =
  /** Market data; of an earlier minute with `at`. */
  | "data"
  /** Rows of the store as JSON, NDJSON or CSV, with ETag. */
  | "rows"
  /** JSON that is made for each request. */
  | "json"
  /** Market data of a recorded minute. */
  | "moment"
  /** A document of this server, with ETag. */
  | "document"
  /** Dates as iCalendar, with ETag. */
  | "calendar"
  /** Server-Sent Events. */
  | "events"
  /** Lines of text. */
  | "text";

/** An address of REST that answers a method. */
export interface RestOperation {
  readonly method?: "post";
  /** Its parameters stand in braces. */
  readonly path: string;
  readonly group: GroupName;
  readonly about: Told;
  /** What it gives, with units. */
  readonly gives: Told;
  readonly query: z.ZodObject;
  readonly manner: Manner;
  /** Schemas of the body, of which it has one; null for a body that is none of ours. */
  readonly body: readonly SchemaName[] | null;
  /** Statuses of errors besides those of its manner. */
  readonly statuses?: readonly number[];
  /** Path and query that ask for something real. */
  readonly sample: string;
}

/** The method that an operation answers; those that answer GET answer HEAD too. */
export function methodOf({ method }: RestOperation): "get" | "post" {
  return method ?? "get";
}
