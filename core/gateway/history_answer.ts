import type * as z from "zod";
import { parseFuturesCode } from "../market/futures.ts";
import { vnDate } from "../market/time.ts";
import type { HistoryKey, HistoryRange } from "../port/history.ts";
import { UNITS } from "../wire/history_schema.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import { type Stamp, stampOf } from "../wire/snapshot.ts";
import { answerGet, problemAnswer, TOKEN_PARAMETER } from "./answer.ts";
import type { DataAsked } from "./data_asked.ts";
import { Cursors } from "./cursor.ts";
import { type HistoryAnswer, jsonHistory, streamHistory } from "./history_body.ts";
import { type HistoryAddress, type ListQuery, minutesOf } from "./history_lists.ts";
import { currentDate, rangeOf } from "./history_range.ts";
import { HistoryReader } from "./history_reader.ts";
import { findContract, findIndex, type FindName, findSymbol } from "./history_subject.ts";
import { MEDIA_TYPES, negotiate } from "./negotiate.ts";

/** Seconds after which an answer of 503 may be asked for again. */
const RETRY_S = 5;

const FIND: Readonly<Record<"symbol" | "index" | "contract", FindName>> = {
  symbol: findSymbol,
  index: findIndex,
  contract: findContract,
};

/** A refusal with the headers that belong to it. */
class Refusal {
  readonly facts: ProblemFacts;
  readonly headers: Readonly<Record<string, string>>;

  constructor(facts: ProblemFacts, headers: Readonly<Record<string, string>> = {}) {
    this.facts = facts;
    this.headers = headers;
  }
}

/** Answers GET and HEAD with a list of the store; `name` is the one in the address. */
export function answerHistory<Query extends z.ZodObject & z.ZodType<ListQuery>>(
  asked: DataAsked,
  address: HistoryAddress & { readonly query: Query },
  name: string | null = null,
): Promise<Response> {
  const { services, requestId } = asked.state;
  return answerGet(asked, address.query, async (values) => {
    const leave = services.historyLoad.enter();
    if (leave === null) return refuse(busy(), requestId);
    let isStreaming = false;
    try {
      const answer = await plan(asked, address, { query: values as ListQuery, name });
      if (answer instanceof Refusal) return refuse(answer, requestId);
      const given = answer.format === "json"
        ? await jsonHistory(answer)
        : await streamHistory(answer, leave);
      if (!(given instanceof Response)) return refuse(away(asked, given.reason), requestId);
      isStreaming = answer.format !== "json";
      return given;
    } finally {
      if (!isStreaming) leave();
    }
  });
}

/** Everything that an answer is made of, or why there is none. */
async function plan(
  asked: DataAsked,
  address: HistoryAddress,
  { query, name }: { query: ListQuery; name: string | null },
): Promise<HistoryAnswer | Refusal> {
  const { services } = asked.state;
  const { hub, history, clock } = services;
  const format = query.format ?? negotiate(asked.req.headers.get("accept"));
  if (format === null) return notAcceptable();
  const view = hub.view();
  const today = currentDate(view, clock.nowMs());
  const asRange = rangeOf(query, today, address.rule(query.interval));
  if ("status" in asRange) return new Refusal(asRange);
  const subject = await subjectOf(asked, address, { name, today, range: asRange });
  if (subject instanceof Refusal) return subject;
  const identity = await history.identity();
  if (!identity.ok) return away(asked, identity.reason);
  const cursors = new Cursors(identity.value, [asked.url.pathname, ...boundParameters(asked.url)]);
  const cursor = query.cursor === undefined ? null : cursors.read(query.cursor);
  if (query.cursor !== undefined && cursor === null) return badCursor();
  const range = cursor?.range ?? asRange;
  const list = address.list(query.interval);
  const { type, severity, interval, limit, order } = query;
  const isDescending = order === "desc";
  const minutes = minutesOf(interval);
  const historyQuery = { subject: subject ?? "", range, minutes, type, severity };
  const newReader = (after: HistoryKey | null = cursor?.key ?? null) =>
    new HistoryReader(history, list, { query: historyQuery, isDescending, after });
  const isClosed = range.toDate < today && range.toDate < vnDate(clock.nowMs());
  return {
    ...{ asked, address, format, subject, range, list, interval, newReader },
    limit: limit ?? (format === "json" ? address.rowsDefault : null),
    unit: address.subject === "index"
      ? UNITS.index
      : subject !== null && parseFuturesCode(subject) !== null
      ? UNITS.contracts
      : UNITS.shares,
    stamp: stampFor(stampOf(view), isClosed),
    isClosed,
    cursorOf: (key) => cursors.write({ key, range }),
  };
}

async function subjectOf(
  asked: DataAsked,
  { subject }: HistoryAddress,
  { name, today, range }: { name: string | null; today: string; range: HistoryRange },
): Promise<string | null | Refusal> {
  if (subject === null || name === null) return null;
  const { hub, history } = asked.state.services;
  // A rolling name stands for the contract of the range's last day that has begun.
  const date = range.toDate < today ? range.toDate : today;
  const found = await FIND[subject](name, { view: hub.view(), history, date });
  if (!found.ok) return away(asked, found.reason);
  const detail = `no such ${subject} is known`;
  return found.value ?? new Refusal({ status: 404, code: "NOT_FOUND", detail, parameter: subject });
}

/** A day that is over is closed whatever the feed does now; simulated and replayed stay what they are. */
function stampFor(stamp: Stamp, isClosed: boolean): Stamp {
  const isPlain = stamp.data_status === "live" || stamp.data_status === "stale";
  return isClosed && isPlain ? { ...stamp, data_status: "closed" } : stamp;
}

/** What a cursor is bound to: all of the query but where to go on, how many rows and their shape. */
function boundParameters(url: URL): string[] {
  const free = ["cursor", "limit", "format", TOKEN_PARAMETER];
  const bound = [...url.searchParams].filter(([name]) => !free.includes(name));
  return bound.map((pair) => pair.join("=")).sort();
}

function refuse({ facts, headers }: Refusal, requestId: string): Response {
  return problemAnswer(facts, requestId, { vary: "accept", ...headers });
}

function away({ state }: DataAsked, reason: string): Refusal {
  state.services.historyLoad.unavailable++;
  const detail = `history cannot be read now: ${reason}`;
  const facts = { status: 503, code: "STORE_UNAVAILABLE", detail } as const;
  return new Refusal(facts, { "retry-after": String(RETRY_S) });
}

function busy(): Refusal {
  const detail = "too many answers with history at once";
  return new Refusal({ status: 503, code: "UNAVAILABLE", detail }, { "retry-after": "1" });
}

function notAcceptable(): Refusal {
  const detail = "this address gives none of the media types that the request accepts";
  const wanted = `one of ${Object.values(MEDIA_TYPES).join(", ")}`;
  return new Refusal({ status: 406, code: "NOT_ACCEPTABLE", detail, parameter: "Accept", wanted });
}

function badCursor(): Refusal {
  const [detail, wanted] = ["bad value", "a next_cursor of the same query"];
  return new Refusal({ status: 400, code: "BAD_PARAMETER", detail, parameter: "cursor", wanted });
}
