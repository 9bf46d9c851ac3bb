/** What a file under `routes/` is, told by its name. */
export interface RouteFile {
  /** Path inside the routes folder, with `/`. */
  readonly file: string;
  readonly kind: "app" | "layout" | "error" | "middleware" | "route";
  /** Folders on the way, `:name` for a parameter, `(name)` for a group. */
  readonly folders: readonly string[];
  /** Address pattern of a route; the folder's for the other kinds. */
  readonly pattern: string;
}

const SPECIAL: Readonly<Record<string, RouteFile["kind"]>> = {
  _app: "app",
  _layout: "layout",
  _error: "error",
  _middleware: "middleware",
};

/** Reads a path like `(shop)/items/[id].tsx`; throws when a name has no meaning. */
export function parseRouteFile(file: string): RouteFile {
  const parts = file.replace(/\.[jt]sx?$/, "").split("/");
  const name = parts.pop()!;
  const folders = parts.map((part) => parseSegment(part, file));
  const special = SPECIAL[name];
  if (special === undefined && name.startsWith("_")) {
    throw new Error(`Cannot route routes/${file}: no meaning is known for ${name}`);
  }
  if (special === "app" && folders.length > 0) {
    throw new Error(`Cannot route routes/${file}: _app stands only at the top`);
  }
  const own = special !== undefined || name === "index" ? [] : [parseSegment(name, file)];
  const segments = [...folders, ...own];
  if (segments.slice(0, -1).some((segment) => segment.endsWith("*"))) {
    throw new Error(`Cannot route routes/${file}: a rest parameter ends a path`);
  }
  const visible = segments.filter((segment) => !segment.startsWith("("));
  return { file, kind: special ?? "route", folders, pattern: `/${visible.join("/")}` };
}

function parseSegment(part: string, file: string): string {
  const parameter = /^\[(\.\.\.)?(\w+)\]$/.exec(part);
  if (parameter !== null) return `:${parameter[2]}${parameter[1] === undefined ? "" : "*"}`;
  if (/^\([\w-]+\)$/.test(part) || /^[\w.~-]+$/.test(part)) return part;
  throw new Error(`Cannot route routes/${file}: "${part}" is no path segment`);
}

/**
 * Orders patterns so that at the first difference a word comes before a parameter and that before a
 * rest.
 */
export function byPrecedence(a: RouteFile, b: RouteFile): number {
  const left = a.pattern.split("/");
  const right = b.pattern.split("/");
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = looseness(left[i]!) - looseness(right[i]!);
    if (difference !== 0) return difference;
  }
  return right.length - left.length || (a.file < b.file ? -1 : 1);
}

function looseness(segment: string): number {
  if (!segment.startsWith(":")) return 0;
  return segment.endsWith("*") ? 2 : 1;
}
