import { type Context, internalsOf } from "./context.ts";
import {
  type HandlerFn,
  type Method,
  METHODS,
  type Middleware,
  type Route,
  type RouteConfig,
  type RouteHandler,
} from "./handlers.ts";
import { callView, type View } from "./render.ts";

/** Checks what a route file exports; throws with the file's name when it exports nothing of use. */
export function routeOf<State>(
  file: string,
  module: Readonly<Record<string, unknown>>,
): Route<State> {
  const handler = module.handler ?? module.handlers ?? null;
  const component = module.default ?? null;
  if (handler === null && component === null) {
    throw new Error(`Cannot use routes/${file}: it exports neither handler nor default`);
  }
  if (component !== null && typeof component !== "function") {
    throw new Error(`Cannot use routes/${file}: its default export is no component`);
  }
  return {
    handler: handler as RouteHandler<unknown, State> | null,
    component: component as View | null,
    config: (module.config ?? {}) as RouteConfig,
  };
}

/** Checks what a `_middleware` file exports. */
export function middlewaresOf<State>(
  file: string,
  module: Readonly<Record<string, unknown>>,
): Middleware<State>[] {
  const exported = module.handler ?? module.handlers ?? module.default;
  const list = Array.isArray(exported) ? exported : [exported];
  if (!list.every((item) => typeof item === "function")) {
    throw new Error(`Cannot use routes/${file}: a middleware is a function or an array of them`);
  }
  return list;
}

/** Lists the methods a route answers. */
export function methodsOf<State>({ handler, component }: Route<State>): readonly Method[] {
  if (typeof handler === "function") return METHODS;
  return METHODS.filter((method) =>
    handler?.[method] !== undefined || (method === "GET" && component !== null)
  );
}

/** Runs a route's handler and, when that gave data, renders its page. */
export async function renderRoute<State>(
  ctx: Context<State>,
  route: Route<State>,
  status = 200,
): Promise<Response> {
  const handler = handlerFor(route, ctx.req.method as Method);
  const result = await handler?.(ctx) ?? { data: undefined };
  if (result instanceof Response) return result;
  if (route.component === null) {
    throw new Error(`Cannot render ${ctx.route}: its handler gave data but there is no component`);
  }
  ctx.data = result.data;
  const { skipAppWrapper, skipInheritedLayouts } = route.config;
  const internals = internalsOf(ctx);
  internals.shell = {
    app: skipAppWrapper ? null : internals.shell.app,
    layouts: skipInheritedLayouts ? [] : internals.shell.layouts,
  };
  const vnode = await callView(route.component, { ...ctx });
  if (vnode instanceof Response) return vnode;
  return ctx.render(vnode, { status: result.status ?? status, headers: result.headers });
}

function handlerFor<State>(
  { handler }: Route<State>,
  method: Method,
): HandlerFn<unknown, State> | undefined {
  if (typeof handler === "function") return handler;
  // An error page answers whatever method failed; a HEAD is a GET without its body.
  return handler?.[method] ?? handler?.GET;
}
