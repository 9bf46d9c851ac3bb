import { type Lang, LANGS } from "./i18n.ts";
import { PRICE_SCALES, type PriceScale } from "./number_format.ts";

/** How a reader wants pages to look: choices that a query sets and a cookie keeps. */
export interface Look {
  readonly lang: Lang;
  readonly theme: Theme;
  /** Whose colours up and down have. */
  readonly palette: Palette;
  readonly density: Density;
  /** How prices of securities are written; futures and indices are points in either. */
  readonly unit: PriceScale;
}

export const THEMES = ["dark", "light", "contrast"] as const;
export type Theme = typeof THEMES[number];
/** Vietnamese colours, colours that a colour-blind reader tells apart, red for up as in East Asia. */
export const PALETTES = ["vn", "cvd", "east"] as const;
export type Palette = typeof PALETTES[number];
export const DENSITIES = ["roomy", "medium", "compact"] as const;
export type Density = typeof DENSITIES[number];

/** What can be chosen; the first value is the default. */
export const CHOICES = {
  lang: LANGS,
  theme: THEMES,
  palette: PALETTES,
  density: DENSITIES,
  unit: PRICE_SCALES,
} as const satisfies { readonly [Name in keyof Look]: readonly Look[Name][] };
export type ChoiceName = keyof typeof CHOICES;
const CHOICE_NAMES = Object.keys(CHOICES) as ChoiceName[];

const COOKIE_AGE_S = 365 * 24 * 3600;

/** A value in a page's query that the page does not offer; the default stands in for it. */
export interface WrongChoice {
  readonly parameter: string;
  readonly wanted: string;
}

/** The look of a request: each choice from its query, else from its cookie, else the default. */
export function lookOf(request: Request): Look {
  const query = new URL(request.url).searchParams;
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const chosen = <Name extends ChoiceName>(name: Name): Look[Name] | null => {
    const offered = CHOICES[name] as readonly Look[Name][];
    return offered.find((value) => value === query.get(name)) ??
      offered.find((value) => cookies.includes(`${name}=${value}`)) ?? null;
  };
  return {
    lang: chosen("lang") ?? negotiateLang(request.headers.get("accept-language")),
    theme: chosen("theme") ?? "dark",
    palette: chosen("palette") ?? "vn",
    density: chosen("density") ?? "medium",
    unit: chosen("unit") ?? "thousand",
  };
}

/** Choices of the look in a query that no page offers. */
export function wrongLook(query: URLSearchParams): WrongChoice[] {
  return CHOICE_NAMES.flatMap((name) => {
    const read = choiceIn(query, name, CHOICES[name] as readonly string[]);
    return read.wrong === null ? [] : [read.wrong];
  });
}

/** A value of a page's query: the one asked for where it is offered, else the first that is. */
export function choiceIn<Value extends string>(
  query: URLSearchParams,
  parameter: string,
  offered: readonly Value[],
): { readonly value: Value; readonly wrong: WrongChoice | null } {
  const [asked, ...more] = query.getAll(parameter);
  if (asked === undefined) return { value: offered[0]!, wrong: null };
  const value = more.length === 0 ? offered.find((value) => value === asked) : undefined;
  if (value !== undefined) return { value, wrong: null };
  return { value: offered[0]!, wrong: { parameter, wanted: offered.join(", ") } };
}

/** The cookies that keep what a query chose. */
export function lookCookies(query: URLSearchParams): string[] {
  return CHOICE_NAMES.flatMap((name) => {
    const asked = query.get(name);
    if (!(CHOICES[name] as readonly (string | null)[]).includes(asked)) return [];
    return [`${name}=${asked}; Path=/; Max-Age=${COOKIE_AGE_S}; SameSite=Lax; HttpOnly`];
  });
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
