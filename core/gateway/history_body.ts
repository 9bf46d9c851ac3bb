import type { HistoryKey, HistoryList, HistoryRange, Reading } from "../port/history.ts";
import { HISTORY_ROWS, type Unit } from "../wire/history_schema.ts";
import type { Stamp } from "../wire/snapshot.ts";
import { TOKEN_PARAMETER } from "./answer.ts";
import type { DataAsked } from "./data_asked.ts";
import { EntityTag, isHeld } from "./entity_tag.ts";
import type { HistoryAddress } from "./history_lists.ts";
import type { Interval } from "./history_queries.ts";
import { type HistoryReader, PAGE_ROWS } from "./history_reader.ts";
import { ROW_OF_LIST } from "./history_rows.ts";
import { textStream } from "./history_stream.ts";
import { RowWriter } from "./history_text.ts";
import { type Format, MEDIA_TYPES } from "./negotiate.ts";

/** A closed day is asked for again after this time: a backfill may have added to it. */
const CLOSED_AGE_S = 3_600;
/** Longest reading before an answer begins, of up to 25 pages. */
const READ_MS_MAX = 10_000;
/** A client that reads nothing for so long loses its stream, and others get its place. */
const STALL_MS_MAX = 30_000;

/** What an answer with a list is made of. */
export interface HistoryAnswer {
  readonly asked: DataAsked;
  readonly address: HistoryAddress;
  readonly format: Format;
  /** As the tables write it; null for lists that are of no one security. */
  readonly subject: string | null;
  readonly range: HistoryRange;
  readonly list: HistoryList;
  readonly interval: Interval | undefined;
  /** Rows at most; null for every row of the range. */
  readonly limit: number | null;
  readonly unit: Unit;
  readonly stamp: Stamp;
  /** Whether every day of the range is over. */
  readonly isClosed: boolean;
  newReader(): HistoryReader;
  cursorOf(key: HistoryKey): string;
}

interface Away {
  readonly reason: string;
}

/** One JSON object with all rows; it is read whole first, so an answer is never half of one. */
export async function jsonHistory(answer: HistoryAnswer): Promise<Response | Away> {
  const { asked, address, range, interval, stamp } = answer;
  const reader = answer.newReader();
  const tagged = new EntityTag();
  // Text by page: to write 50,000 rows in one go would hold everybody else up for 50 ms.
  const pages: string[] = [];
  const read = await readPages(reader, answer.limit!, (rows) => {
    const page = JSON.stringify(rows).slice(1, -1);
    tagged.add(page);
    pages.push(page);
  });
  if (!read.ok) return read;
  const next = reader.next;
  const { data_status, ...made } = stamp;
  const told = JSON.stringify({
    symbol: answer.subject,
    unit: answer.unit,
    start: range.fromDate,
    end: range.toDate,
    ...(interval === undefined ? {} : { interval }),
    next_cursor: next === null ? null : answer.cursorOf(next),
    data_status,
  });
  // What only says when the answer was made does not make it another one.
  const tag = tagged.add(told).toString();
  const headers = headersOf(answer, pages.length > 0, tag);
  if (isHeld(asked.req, tag)) return new Response(null, { status: 304, headers });
  const head = `${told.slice(0, -1)},${JSON.stringify(made).slice(1, -1)},"${address.rows}":[`;
  return new Response(`${head}${pages.join(",")}]}`, { headers });
}

/** Rows as lines, a page at a time as the client takes them; `ended` is called after the last. */
export async function streamHistory(
  answer: HistoryAnswer,
  ended: () => void,
): Promise<Response | Away> {
  const { asked, format, limit, list, subject, stamp } = answer;
  const reader = answer.newReader();
  const first = await reader.read(limit ?? PAGE_ROWS);
  if (!first.ok) return first;
  const behind = limit === null ? null : await keyBehind(answer, limit, first.value.length, reader);
  if (behind !== null && !behind.ok) return behind;
  const labels = {
    ...(subject === null ? {} : { symbol: subject }),
    data_status: stamp.data_status,
  };
  const columns = Object.keys(HISTORY_ROWS[ROW_OF_LIST[list]].shape);
  const writer = new RowWriter(format as Exclude<Format, "json">, columns, labels);
  const text = writer.head + writer.write(first.value);
  const isWhole = reader.next === null || first.value.length === limit;
  const tag = isWhole ? new EntityTag().add(format).add(text).toString() : null;
  const headers = headersOf(answer, first.value.length > 0, tag);
  const link = behind?.value ?? null;
  if (link !== null) headers.set("link", nextLink(asked.url, answer.cursorOf(link)));
  const isHead = asked.req.method === "HEAD";
  if (!isWhole && !isHead) {
    const begun = { reader, writer, text, read: first.value.length };
    return new Response(bodyOf(answer, begun, ended), { headers });
  }
  ended();
  if (tag !== null && isHeld(asked.req, tag)) return new Response(null, { status: 304, headers });
  return new Response(isHead ? null : text, { headers });
}

interface Begun {
  readonly reader: HistoryReader;
  readonly writer: RowWriter;
  /** The first piece, and the rows in it. */
  readonly text: string;
  readonly read: number;
}

function bodyOf(
  { asked, limit }: HistoryAnswer,
  { reader, writer, text, read }: Begun,
  ended: () => void,
): ReadableStream<Uint8Array> {
  const { services, requestId } = asked.state;
  let first: string | null = text;
  let left = (limit ?? Infinity) - read;
  return textStream({
    stallMsMax: STALL_MS_MAX,
    async next() {
      if (first !== null) {
        const piece = first;
        first = null;
        return piece;
      }
      if (left <= 0) return "";
      const page = await reader.read(left);
      if (!page.ok) throw new Error(page.reason);
      left -= page.value.length;
      return writer.write(page.value);
    },
    ended(cut) {
      ended();
      if (cut === null) return;
      services.historyLoad.cut++;
      services.log.info("history_stream_cut", { requestId, reason: cut });
    },
  });
}

/** Reads up to so many rows, a page at a time. */
async function readPages(
  reader: HistoryReader,
  limit: number,
  take: (rows: readonly object[]) => void,
): Promise<Reading<null>> {
  const untilMs = performance.now() + READ_MS_MAX;
  for (let left = limit; left > 0;) {
    if (performance.now() > untilMs) return { ok: false, reason: "the store is too slow" };
    const page = await reader.read(left);
    if (!page.ok) return page;
    if (page.value.length === 0) break;
    take(page.value);
    left -= page.value.length;
  }
  return { ok: true, value: null };
}

/**
 * Key behind which the rows after a limit begin, null when there are none. Headers go before the
 * rows, so what the first page does not tell is read ahead and let go.
 */
async function keyBehind(
  answer: HistoryAnswer,
  limit: number,
  read: number,
  first: HistoryReader,
): Promise<Reading<HistoryKey | null>> {
  if (read >= limit || first.next === null) return { ok: true, value: first.next };
  const ahead = answer.newReader();
  const all = await readPages(ahead, limit, () => {});
  return all.ok ? { ok: true, value: ahead.next } : all;
}

function headersOf(
  { asked, format, isClosed, stamp }: HistoryAnswer,
  hasRows: boolean,
  tag: string | null,
): Headers {
  // An empty day may be filled, and a simulated market begins anew with other rows.
  const keeps = isClosed && hasRows && stamp.data_status === "closed";
  const headers = new Headers({
    "content-type": `${MEDIA_TYPES[format]}; charset=utf-8`,
    "cache-control": keeps ? `private, max-age=${CLOSED_AGE_S}` : "private, no-cache",
    vary: asked.state.services.config.wsAuthToken === null ? "accept" : "accept, authorization",
    "x-data-status": stamp.data_status,
  });
  if (stamp.as_of !== null) headers.set("x-as-of", stamp.as_of);
  if (tag !== null) headers.set("etag", tag);
  return headers;
}

function nextLink(url: URL, cursor: string): string {
  const next = new URL(url);
  next.searchParams.delete(TOKEN_PARAMETER);
  next.searchParams.set("cursor", cursor);
  return `<${next.pathname}${next.search}>; rel="next"`;
}
