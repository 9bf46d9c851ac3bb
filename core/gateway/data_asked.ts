import type { Asked } from "./answer.ts";
import type { Services } from "./services.ts";

/** A route's context as far as answers with market data read it. */
export interface DataAsked extends Asked {
  readonly state: { readonly requestId: string; readonly services: Services };
}
