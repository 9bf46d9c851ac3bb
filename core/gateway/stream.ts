import type { ClientLink } from "../hub/link.ts";
import type { ChannelName } from "../wire/channel.ts";
import { type ClientFrame, CLOSE, type Position } from "../wire/frames.ts";
import type * as z from "zod";
import { answerGet, problemAnswer } from "./answer.ts";
import type { DataAsked } from "./data_asked.ts";
import { readPosition, STREAM_QUERY } from "./channel_queries.ts";
import { NO_CHANNEL } from "./channels.ts";
import type { Connected } from "./client_address.ts";
import { knockOf } from "./knock.ts";
import type { Lease } from "./places.ts";
import { refusalAnswer } from "./refusals.ts";
import { headOf } from "./request_head.ts";
import { randomText } from "./services.ts";
import { eventStream } from "./sse_link.ts";

/** A route's context as far as streams read it. */
export interface StreamAsked extends DataAsked {
  readonly info: Connected;
}

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // A coding on the way would hold events back until its block is full; so would a proxy's buffer.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** Answers with a channel as Server-Sent Events, from Last-Event-ID on when there is one. */
export function answerStream(asked: StreamAsked, name: string): Promise<Response> {
  return answerGet(asked, STREAM_QUERY, (query) => {
    const { services, requestId } = asked.state;
    if (!services.hub.has(name)) return problemAnswer(NO_CHANNEL, requestId);
    const position = lastPosition(asked.req, query.lastEventId);
    if (position === null) {
      const facts = { status: 400, code: "BAD_PARAMETER", detail: "bad value" } as const;
      const header = { parameter: "Last-Event-ID", wanted: "epoch/seq, as in an id" };
      return problemAnswer({ ...facts, ...header }, requestId);
    }
    // Nothing is opened for who asks for the headers alone.
    if (asked.req.method === "HEAD") return new Response(null, { headers: HEADERS });
    const verdict = services.admission.admit(knockOf(headOf(asked), []));
    if (verdict.ok) return streamed(asked, operationOf(name, query, position), verdict.lease);
    verdict.lease?.release();
    return refusalAnswer(verdict.why, requestId);
  });
}

function streamed({ state }: StreamAsked, operation: ClientFrame, lease: Lease): Response {
  const { services } = state;
  const { hub, clock } = services;
  const body = eventStream(randomText(6), {
    opened(link: ClientLink) {
      if (services.isDraining) return link.close(CLOSE.restart, "server restarts");
      hub.join(link, "v1", clock.nowMs(), { isAuthenticated: true });
      hub.receive(link, "v1", JSON.stringify(operation), clock.nowMs());
    },
    closed(link: ClientLink) {
      hub.leave(link, "v1");
      lease.release();
    },
  });
  return new Response(body, { headers: HEADERS });
}

function operationOf(
  name: ChannelName,
  { rate, syms }: z.output<typeof STREAM_QUERY>,
  position: Position | undefined,
): ClientFrame {
  return {
    op: "sub",
    id: 0,
    c: [name],
    ...(position && { from: { [name]: position } }),
    ...(rate && { rate }),
    ...(syms && { syms }),
  };
}

/** A browser that comes back names its position in the header; null when that is none. */
function lastPosition(request: Request, queried: Position | undefined) {
  const header = request.headers.get("last-event-id");
  return header === null || header === "" ? queried : readPosition(header);
}
