import type * as z from "zod";
import { AT_PARAMETER } from "../wire/moment.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import type { MarketView } from "../wire/snapshot.ts";
import { answerGet, jsonAnswer, problemAnswer } from "./answer.ts";
import type { DataAsked } from "./data_asked.ts";
import { hubOf } from "./moment_hub.ts";

/** A refusal that only the data can tell: a contract that is not listed, a cursor of another day. */
export class Refused {
  readonly facts: ProblemFacts;

  constructor(facts: ProblemFacts) {
    this.facts = facts;
  }
}

/**
 * Answers GET and HEAD with a payload made of the current view, or of that of the moment which `at`
 * names; 503 before there is any data.
 */
export function answerData<Query extends z.ZodObject>(
  asked: DataAsked,
  query: Query,
  build: (view: MarketView, values: z.output<Query>) => object,
): Promise<Response> {
  return answerGet(asked, query, async (values) => {
    const { requestId } = asked.state;
    const hub = await hubOf(asked);
    if (hub instanceof Response) return hub;
    if (!hub.ready()) {
      const detail = "no data from the engine yet";
      const facts = { status: 503, code: "NOT_READY", detail } as const;
      return problemAnswer(facts, requestId, { "retry-after": "1" });
    }
    const payload = build(hub.view(), values);
    return payload instanceof Refused
      ? problemAnswer(payload.facts, requestId)
      : jsonAnswer(payload);
  }, [AT_PARAMETER]);
}
