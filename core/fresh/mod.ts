export { App } from "./app.ts";
export type { Context, ResolvedFreshConfig } from "./context.ts";
export { cors, type CORSOptions } from "./cors.ts";
export { csp, type CSPOptions } from "./csp.ts";
export { csrf, type CsrfOptions } from "./csrf.ts";
export { createDefine, type Define } from "./define.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Method,
  type Middleware,
  page,
  type PageProps,
  type PageResponse,
  type RouteConfig,
  type RouteHandler,
} from "./handlers.ts";
export { HttpError } from "./http_error.ts";
export type { LayoutConfig } from "./render.ts";
export { staticFiles } from "./static_files.ts";
export type { WebSocketHandlers, WebSocketUpgradeOptions } from "./upgrade.ts";
