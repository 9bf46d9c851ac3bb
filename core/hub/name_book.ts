import type { NameEntry, SecurityNames } from "../wire/names.ts";
import { ROWS_MAX } from "./limits.ts";

/**
 * Names by symbol, of as many securities as there may be rows: 3.5 MB at worst. What was told stays
 * until it is told anew, so an engine side that begins again takes nothing away.
 */
export class NameBook {
  readonly #entries = new Map<string, NameEntry>();

  /** Takes names; those of securities beyond the limit are left out. */
  add(entries: readonly NameEntry[]): void {
    for (const entry of entries) {
      const [symbol] = entry;
      if (this.#entries.size >= ROWS_MAX && !this.#entries.has(symbol)) continue;
      this.#entries.set(symbol, entry);
    }
  }

  of(symbol: string): SecurityNames | null {
    const entry = this.#entries.get(symbol);
    return entry === undefined ? null : { vi: entry[1], en: entry[2] };
  }

  /** All of them, for a hub that begins. */
  entries(): readonly NameEntry[] {
    return [...this.#entries.values()];
  }
}
