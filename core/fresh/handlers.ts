import type { FunctionComponent } from "preact";
import type { Context } from "./context.ts";
import type { LayoutConfig, View } from "./render.ts";

/** Methods that a route can answer. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof METHODS)[number];

/** Answers a request, or passes it on with `ctx.next()`. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** What a handler returns to have the route's component rendered. */
export interface PageResponse<Data> {
  readonly data: Data;
  readonly headers?: HeadersInit;
  readonly status?: number;
}

/** Answers a request itself, or returns the data of the page. */
export type HandlerFn<Data, State> = (
  ctx: Context<State>,
) => Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;

/** One handler per method; a method without one answers 405. */
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** What pages, layouts and `_app` receive. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    "config" | "url" | "req" | "params" | "route" | "info" | "state" | "error"
  >
  & { readonly data: Data; readonly Component: FunctionComponent };

/** Settings of a route file. */
export type RouteConfig = LayoutConfig;

/** A file under `routes/` once loaded. */
export interface Route<State> {
  readonly component: View | null;
  readonly handler: RouteHandler<unknown, State> | null;
  readonly config: RouteConfig;
}

/** Gives the data of a page, with its status (200 unless said) and extra headers. */
export function page<Data>(
  data: Data,
  init?: { headers?: HeadersInit; status?: number },
): PageResponse<Data>;
export function page(): PageResponse<undefined>;
export function page<Data>(
  data?: Data,
  init?: { headers?: HeadersInit; status?: number },
): PageResponse<Data | undefined> {
  return { data, ...init };
}
