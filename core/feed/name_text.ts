import { z } from "zod";
import type { NameEntry } from "../wire/names.ts";

/** Most characters of a name that are kept. */
export const NAME_CHARS_MAX = 200;
/** A letter with its marks apart is four characters at most. */
const RAW_CHARS_MAX = NAME_CHARS_MAX * 4;

/**
 * A name as the service writes it: one line of plain text, so that it turns no other text around and
 * hides nothing; null for an empty one and for what is no text.
 */
export const NameText = z.string().nullish().catch(null).transform((text) => {
  const line = (text ?? "").slice(0, RAW_CHARS_MAX).normalize("NFC")
    .replace(/[\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, "").replace(/[\p{Cc}\s]+/gu, " ").trim();
  return [...line].slice(0, NAME_CHARS_MAX).join("").trimEnd() || null;
});

interface Named {
  readonly symbol: string;
  readonly nameVi: string | null;
  readonly nameEn: string | null;
}

/** The names among rows; one that only repeats the ticker is none. */
export function namesOf(rows: readonly Named[]): NameEntry[] {
  return rows.flatMap(({ symbol, nameVi, nameEn }): NameEntry[] => {
    const told = (name: string | null) => name === symbol ? null : name;
    const [vi, en] = [told(nameVi), told(nameEn)];
    return vi === null && en === null ? [] : [[symbol, vi, en]];
  });
}
