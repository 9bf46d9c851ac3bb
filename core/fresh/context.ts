import { isValidElement, type VNode } from "preact";
import { redirectLocation } from "./redirect.ts";
import { type LayoutConfig, renderResponse, type Shell } from "./render.ts";
import type { Site } from "./site.ts";
import { upgrade, type WebSocketHandlers, type WebSocketUpgradeOptions } from "./upgrade.ts";

/** Settings of the running application, as far as pages may see them. */
export interface ResolvedFreshConfig {
  readonly mode: "development" | "production";
}

/** The layer's own side of a context, out of reach of the application. */
export interface Internals {
  shell: Shell;
  readonly site: Site | null;
  /** Set when a content security policy asks for it; every inline script and style carries it. */
  nonce: string | null;
}

export interface ContextInit {
  readonly req: Request;
  readonly url: URL;
  readonly info: Deno.ServeHandlerInfo;
  readonly route: string | null;
  readonly params: Record<string, string>;
  readonly site: Site | null;
  readonly next: () => Promise<Response>;
}

const BARE: Shell = { app: null, layouts: [] };

/** Gives the layer's own side of a context. */
export let internalsOf: <State>(ctx: Context<State>) => Internals;

/** One request on its way through middleware, handler and page. */
export class Context<State> {
  readonly req: Request;
  readonly url: URL;
  readonly info: Deno.ServeHandlerInfo;
  readonly config: ResolvedFreshConfig;
  /** Pattern of the matched route, or null when none matched. */
  readonly route: string | null;
  readonly params: Record<string, string>;
  /** Shared by everything that handles this request. */
  readonly state: State = {} as State;
  /** Data of the page, once the handler returned it. */
  data: unknown = undefined;
  /** What was thrown, once an `_error` page handles it. */
  error: unknown = null;
  /** Runs the rest of the chain. */
  next: () => Promise<Response>;
  readonly #internals: Internals;

  static {
    internalsOf = (ctx) => ctx.#internals;
  }

  constructor(init: ContextInit) {
    this.req = init.req;
    this.url = init.url;
    this.info = init.info;
    this.config = { mode: init.site?.mode ?? "production" };
    this.route = init.route;
    this.params = init.params;
    this.next = init.next;
    this.#internals = { shell: BARE, site: init.site, nonce: null };
  }

  /** Answers with a redirect; a path can never lead to another host. */
  redirect(pathOrUrl: string, status = 302): Response {
    return new Response(null, { status, headers: { location: redirectLocation(pathOrUrl) } });
  }

  /** Renders a page inside the layouts and `_app` of its folder. */
  render(
    vnode: VNode | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    if (vnode !== null && !isValidElement(vnode)) {
      throw new TypeError(`Cannot render ${typeof vnode}: ctx.render wants JSX or null`);
    }
    return renderResponse({ ...this.#internals, props: { ...this }, page: vnode, init, config });
  }

  /**
   * Turns the request into a WebSocket; gives the answer, or socket and answer when no handlers are
   * given.
   */
  upgrade(options?: WebSocketUpgradeOptions): { socket: WebSocket; response: Response };
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    first?: WebSocketHandlers | WebSocketUpgradeOptions,
    second?: WebSocketUpgradeOptions,
  ): { socket: WebSocket; response: Response } | Response {
    return upgrade(this.req, first, second);
  }
}
