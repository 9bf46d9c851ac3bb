import { internalsOf } from "./context.ts";
import type { Middleware, Route } from "./handlers.ts";
import { statusOf } from "./http_error.ts";
import type { LayoutConfig, View } from "./render.ts";
import { renderRoute } from "./route.ts";

/** One folder of the address tree: what holds for everything below it. */
export class Segment<State> {
  readonly #parent: Segment<State> | null;
  readonly #children = new Map<string, Segment<State>>();
  readonly middlewares: Middleware<State>[] = [];
  app: View | null = null;
  layout: { readonly component: View; readonly config: LayoutConfig } | null = null;
  error: Route<State> | null = null;

  constructor(parent: Segment<State> | null = null) {
    this.#parent = parent;
  }

  /** Gives the folder at a path below, making what is missing. */
  at(names: readonly string[]): Segment<State> {
    const [name, ...rest] = names;
    if (name === undefined) return this;
    let child = this.#children.get(name);
    if (child === undefined) this.#children.set(name, child = new Segment(this));
    return child.at(rest);
  }

  /** Gives the deepest folder that an address without a route would lie in. */
  deepest(names: readonly string[]): Segment<State> {
    const [name, ...rest] = names;
    if (name === undefined) return this;
    const child = this.#children.get(name) ?? this.#parameterChild();
    return child === undefined ? this : child.deepest(rest);
  }

  #parameterChild(): Segment<State> | undefined {
    for (const [name, child] of this.#children) if (name.startsWith(":")) return child;
  }

  /** Gives what runs before a handler of this folder, outer first. */
  chain(): Middleware<State>[] {
    const own = this.app || this.layout || this.error
      ? [this.#shell(), ...this.middlewares]
      : this.middlewares;
    return [...(this.#parent?.chain() ?? []), ...own];
  }

  /** Wraps pages below in this folder's layout and turns what they throw into its error page. */
  #shell(): Middleware<State> {
    const { app, layout, error: errorRoute } = this;
    return async (ctx) => {
      const internals = internalsOf(ctx);
      const outside = internals.shell;
      const inherited = layout?.config.skipInheritedLayouts ? [] : outside.layouts;
      const inside = {
        app: layout?.config.skipAppWrapper ? null : app ?? outside.app,
        layouts: layout === null ? inherited : [...inherited, layout.component],
      };
      try {
        internals.shell = inside;
        return await ctx.next();
      } catch (error) {
        if (errorRoute === null) throw error;
        ctx.error = error;
        internals.shell = inside;
        return await renderRoute(ctx, errorRoute, statusOf(error));
      } finally {
        internals.shell = outside;
      }
    };
  }
}
