import { type FunctionComponent, h, type VNode } from "preact";
import { renderDocument } from "./document.ts";
import type { Site } from "./site.ts";

/** A page, layout or frame as the layer calls it; its own types hold inside its file. */
export type View = FunctionComponent<object>;

/** What wraps the page at this point of the folder tree. */
export interface Shell {
  readonly app: View | null;
  /** Outer first. */
  readonly layouts: readonly View[];
}

/** Settings of a layout file. */
export interface LayoutConfig {
  /** True drops the layouts above. */
  readonly skipInheritedLayouts?: boolean;
  /** True drops `_app`. */
  readonly skipAppWrapper?: boolean;
}

export interface RenderRequest {
  readonly page: VNode | null;
  readonly shell: Shell;
  /** What every view receives besides its `Component`. */
  readonly props: object;
  readonly site: Site | null;
  readonly nonce: string | null;
  readonly init: ResponseInit;
  readonly config: LayoutConfig;
}

/** Makes the element of a view, or awaits it when the view is an async function. */
export async function callView(view: View, props: object): Promise<VNode | Response | null> {
  if (view.constructor.name !== "AsyncFunction") return h(view, props);
  return await (view(props) as Promise<VNode | Response | null>);
}

/** Renders a page into its layouts and the application's frame. */
export async function renderResponse(request: RenderRequest): Promise<Response> {
  const { shell, props, config, init } = request;
  let page = request.page;
  for (const layout of config.skipInheritedLayouts ? [] : shell.layouts.toReversed()) {
    const child = page;
    const wrapped = await callView(layout, { ...props, Component: () => child });
    if (wrapped instanceof Response) return wrapped;
    page = wrapped;
  }
  // The frame is rendered last, so that `<Head>` inside the page is known by then.
  let slot = page;
  const app = config.skipAppWrapper ? null : shell.app;
  const frame = app && await callView(app, { ...props, Component: () => slot });
  if (frame instanceof Response) return frame;
  const fill = (rendered: VNode) => slot = rendered;
  const { site, nonce } = request;
  const html = renderDocument({ site, nonce, page, frame, fill });
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  return new Response(html, { ...init, headers });
}
