import type { SecurityNames } from "../core/wire/names.ts";
import type { Lang } from "./i18n.ts";

/** The name in the reader's language, else in the other; "" where the feed tells none. */
export function nameIn(names: SecurityNames | null, lang: Lang): string {
  const { vi = null, en = null } = names ?? {};
  return (lang === "vi" ? vi ?? en : en ?? vi) ?? "";
}
