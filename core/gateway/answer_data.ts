import type * as z from "zod";
import type { ProblemFacts } from "../wire/problem.ts";
import type { MarketView } from "../wire/snapshot.ts";
import { answerGet, type Asked, jsonAnswer, problemAnswer } from "./answer.ts";
import type { Services } from "./services.ts";

/** A route's context as far as answers with market data read it. */
export interface DataAsked extends Asked {
  readonly state: { readonly requestId: string; readonly services: Services };
}

/** A refusal that only the data can tell: a contract that is not listed, a cursor of another day. */
export class Refused {
  readonly facts: ProblemFacts;

  constructor(facts: ProblemFacts) {
    this.facts = facts;
  }
}

/** Answers GET and HEAD with a payload made of the current view; 503 before there is any data. */
export function answerData<Query extends z.ZodObject>(
  asked: DataAsked,
  query: Query,
  build: (view: MarketView, values: z.output<Query>) => object,
): Promise<Response> {
  return answerGet(asked, query, (values) => {
    const { services, requestId } = asked.state;
    if (!services.hub.ready()) {
      const detail = "no data from the engine yet";
      const facts = { status: 503, code: "NOT_READY", detail } as const;
      return problemAnswer(facts, requestId, { "retry-after": "1" });
    }
    const payload = build(services.hub.view(), values);
    return payload instanceof Refused
      ? problemAnswer(payload.facts, requestId)
      : jsonAnswer(payload);
  });
}
