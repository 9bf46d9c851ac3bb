import { byPrecedence } from "./route_file.ts";
import type { Method, Middleware } from "./handlers.ts";
import { methodsOf, middlewaresOf, renderRoute, routeOf } from "./route.ts";
import type { Entry } from "./router.ts";
import { Segment } from "./segment.ts";
import type { LoadedRoute, Site } from "./site.ts";

/** What the application asked for, in the order it asked. */
export type Command<State> =
  | { readonly kind: "use"; readonly path: string; readonly middlewares: Middleware<State>[] }
  | {
    readonly kind: "route";
    readonly methods: readonly Method[];
    readonly path: string;
    readonly middlewares: Middleware<State>[];
  }
  | { readonly kind: "files" };

/** Every address the application answers, and the folders that hold what surrounds them. */
export interface Plan<State> {
  readonly root: Segment<State>;
  readonly entries: ReadonlyMap<string, Entry<State>>;
}

/** Lays the commands out; what is used after a route does not hold for it. */
export function plan<State>(commands: readonly Command<State>[], site: Site | null): Plan<State> {
  const root = new Segment<State>();
  const entries = new Map<string, Entry<State>>();
  for (const command of commands) {
    if (command.kind === "use") {
      root.at(namesOf(command.path)).middlewares.push(...command.middlewares);
    } else if (command.kind === "route") {
      const pattern = `/${namesOf(command.path).join("/")}`;
      const outer = root.at(namesOf(pattern).slice(0, -1)).chain();
      add(entries, { pattern, outer, methods: command.methods, own: command.middlewares });
    } else {
      addFiles(root, entries, site?.routes ?? []);
    }
  }
  return { root, entries };
}

/** Splits a path into names; a trailing `*` means the folder before it. */
export function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== "*");
}

interface Answer<State> {
  readonly pattern: string;
  readonly outer: readonly Middleware<State>[];
  readonly methods: readonly Method[];
  readonly own: readonly Middleware<State>[];
}

function add<State>(entries: Map<string, Entry<State>>, answer: Answer<State>): void {
  const { pattern, outer, methods, own } = answer;
  let entry = entries.get(pattern);
  if (entry === undefined) entries.set(pattern, entry = { pattern, outer, methods: new Map() });
  for (const method of methods) {
    if (!entry.methods.has(method)) entry.methods.set(method, [...outer, ...own]);
  }
}

function addFiles<State>(
  root: Segment<State>,
  entries: Map<string, Entry<State>>,
  files: readonly LoadedRoute[],
): void {
  for (const { kind, folders, file, module } of files) {
    const segment = root.at(folders);
    if (kind === "middleware") segment.middlewares.push(...middlewaresOf<State>(file, module));
    if (kind === "route" || kind === "middleware") continue;
    const { component, config, ...rest } = routeOf<State>(file, module);
    if (kind === "error") segment.error = { component, config, ...rest };
    else if (component === null) throw new Error(`Cannot use routes/${file}: no default export`);
    else if (kind === "app") segment.app = component;
    else segment.layout = { component, config };
  }
  for (const { pattern, folders, file, module } of files.filter(isRoute).toSorted(byPrecedence)) {
    const route = routeOf<State>(file, module);
    const outer = root.at(folders).chain();
    const own: Middleware<State>[] = [(ctx) => renderRoute(ctx, route)];
    add(entries, { pattern, outer, methods: methodsOf(route), own });
  }
}

function isRoute({ kind }: LoadedRoute): boolean {
  return kind === "route";
}
