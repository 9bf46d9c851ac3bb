import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import type { Method, Middleware } from "./handlers.ts";
import { HttpError } from "./http_error.ts";

/** One address pattern and what answers it. */
export interface Entry<State> {
  readonly pattern: string;
  /** What runs when no method fits: the middlewares and error pages of its folder. */
  readonly outer: readonly Middleware<State>[];
  readonly methods: Map<Method, readonly Middleware<State>[]>;
}

export interface Match<State> {
  readonly entry: Entry<State>;
  readonly params: Record<string, string>;
}

/** Finds the entry of an address; words win over parameters, then the earlier entry wins. */
export class Router<State> {
  readonly #hono = new SmartRouter<Entry<State>>({
    routers: [new RegExpRouter(), new TrieRouter()],
  });

  constructor(entries: Iterable<Entry<State>>) {
    const all = [...entries];
    const dynamic = all.filter(({ pattern }) => pattern.includes(":"));
    for (const entry of all) {
      if (!entry.pattern.includes(":")) this.#hono.add("ALL", entry.pattern, entry);
    }
    for (const entry of dynamic) {
      const rest = /^(.*)\/:(\w+)\*$/.exec(entry.pattern);
      if (rest === null) {
        this.#hono.add("ALL", entry.pattern, entry);
        continue;
      }
      // A rest parameter may be empty.
      this.#hono.add("ALL", `${rest[1]}/:${rest[2]}{.+}`, entry);
      this.#hono.add("ALL", rest[1] === "" ? "/" : rest[1]!, entry);
    }
  }

  match(pathname: string): Match<State> | null {
    const [found, stash] = this.#hono.match("ALL", pathname);
    const first = found[0];
    if (first === undefined) return null;
    const [entry, indexes] = first;
    const params: Record<string, string> = {};
    for (const [name, at] of Object.entries(indexes)) {
      const raw = typeof at === "number" ? stash?.[at] : at;
      if (raw !== undefined && raw !== "") params[name] = decode(raw);
    }
    return { entry, params };
  }
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw new HttpError(400, "The address holds a broken percent sign");
  }
}
