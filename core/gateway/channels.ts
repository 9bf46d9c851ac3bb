import type { Hub } from "../hub/hub.ts";
import { peek, type Wanted } from "../hub/peek.ts";
import { UNKNOWN_CHANNEL } from "../wire/client_schema.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import { answerGet, problemAnswer } from "./answer.ts";
import type { DataAsked } from "./data_asked.ts";
import { CHANNEL_QUERY, CHANNELS_QUERY } from "./channel_queries.ts";

/** The refusal of a channel that does not exist. */
export const NO_CHANNEL: ProblemFacts = {
  status: 404,
  code: "NOT_FOUND",
  detail: UNKNOWN_CHANNEL,
  parameter: "channel",
};

/** Answers with the frames of one channel: what is missing since `e` and `s`, or all of it. */
export function answerChannel(asked: DataAsked, name: string): Promise<Response> {
  return answerGet(asked, CHANNEL_QUERY, ({ e, s, syms }) => {
    const { services, requestId } = asked.state;
    if (!services.hub.has(name)) return problemAnswer(NO_CHANNEL, requestId);
    if ((e === undefined) !== (s === undefined)) {
      const facts = {
        ...{ status: 400, code: "BAD_PARAMETER", detail: "e and s stand together" } as const,
        ...{ parameter: e === undefined ? "e" : "s", wanted: "a value too" },
      };
      return problemAnswer(facts, requestId);
    }
    const from = e === undefined || s === undefined ? {} : { [name]: { e, s } };
    return framesAnswer(asked, services.hub, { c: [name], from, syms });
  });
}

/** Answers with the frames of some channels at once, as one operation on a socket would be. */
export function answerChannels(asked: DataAsked): Promise<Response> {
  return answerGet(
    asked,
    CHANNELS_QUERY,
    ({ c, from = {}, syms }) => framesAnswer(asked, asked.state.services.hub, { c, from, syms }),
  );
}

/** Answers with the frames of channels that a hub has. */
export function framesAnswer({ state }: DataAsked, hub: Hub, wanted: Wanted): Response {
  const { services, requestId } = state;
  const frames = peek(hub, wanted, services.clock.nowMs());
  if (frames === null) {
    const facts = { status: 400, code: "BAD_REQUEST", detail: "too much at once" } as const;
    const blamed = { parameter: "c", wanted: "fewer channels, positions or symbols" };
    return problemAnswer({ ...facts, ...blamed }, requestId);
  }
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  };
  return new Response(`{"frames":[${frames.join(",")}]}`, { headers });
}
