import { type Lang, LANGS } from "./i18n.ts";

/** Themes of the pages; dark is the default, as on a trading floor. */
export type Theme = "dark" | "light";
export const THEMES: readonly Theme[] = ["dark", "light"];

/** Query parameters of a page and the values each offers. */
const CHOICES: Readonly<Record<string, readonly string[]>> = { lang: LANGS, theme: THEMES };
const COOKIE_AGE_S = 365 * 24 * 3600;

/** A query parameter that a page does not understand. */
export interface WrongChoice {
  readonly code: "UNKNOWN_PARAMETER" | "REPEATED_PARAMETER" | "BAD_PARAMETER";
  readonly parameter: string;
  readonly wanted: string;
}

/** The first parameter of a page's query that is unknown, repeated or not offered; null if none. */
export function wrongChoice(query: URLSearchParams): WrongChoice | null {
  for (const [name, value] of query) {
    const offered = Object.hasOwn(CHOICES, name) ? CHOICES[name]! : null;
    if (offered === null) {
      const parameter = /^[\w.-]{1,40}$/.test(name) ? name : "(not printable)";
      const wanted = `one of ${Object.keys(CHOICES).join(", ")}`;
      return { code: "UNKNOWN_PARAMETER", parameter, wanted };
    }
    if (query.getAll(name).length > 1) {
      return { code: "REPEATED_PARAMETER", parameter: name, wanted: "one value" };
    }
    if (!offered.includes(value)) {
      return { code: "BAD_PARAMETER", parameter: name, wanted: `one of ${offered.join(", ")}` };
    }
  }
  return null;
}

/** The language of a request: the switch (`?lang=`), then its cookie, then Accept-Language, else Vietnamese. */
export function langOf(request: Request): Lang {
  return chosen(request, "lang", LANGS) ?? negotiateLang(request.headers.get("accept-language"));
}

/** The theme of a request: the switch (`?theme=`), then its cookie, else dark. */
export function themeOf(request: Request): Theme {
  return chosen(request, "theme", THEMES) ?? "dark";
}

function chosen<T extends string>(request: Request, name: string, offered: readonly T[]) {
  const asked = new URL(request.url).searchParams.get(name);
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return offered.find((value) => value === asked) ??
    offered.find((value) => cookies.includes(`${name}=${value}`)) ?? null;
}

/** Picks a language by the weights of `Accept-Language`; Vietnamese when it asks for neither. */
function negotiateLang(acceptLanguage: string | null): Lang {
  let best: Lang = "vi";
  let bestWeight = 0;
  for (const part of (acceptLanguage ?? "").split(",")) {
    const match = /^\s*(vi|en)(?:-[\w-]+)?\s*(?:;\s*q=(\d(?:\.\d+)?))?\s*$/i.exec(part);
    if (match === null) continue;
    const weight = Number(match[2] ?? 1);
    if (weight > bestWeight) [best, bestWeight] = [match[1]!.toLowerCase() as Lang, weight];
  }
  return best;
}

/** The cookies that keep what a checked query chose. */
export function choiceCookies(query: URLSearchParams): string[] {
  return Array.from(
    query,
    ([name, value]) => `${name}=${value}; Path=/; Max-Age=${COOKIE_AGE_S}; SameSite=Lax; HttpOnly`,
  );
}
