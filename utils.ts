import { createDefine } from "fresh";
import type { Services } from "./core/gateway/services.ts";

/** What every request carries; `services` is set by main.ts, the id by routes/_middleware.ts. */
export interface State {
  services: Services;
  requestId: string;
}

export const define = createDefine<State>();
