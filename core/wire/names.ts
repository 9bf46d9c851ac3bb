/** The names of a security in the feed's own words; null for one that it does not tell. */
export interface SecurityNames {
  readonly vi: string | null;
  readonly en: string | null;
}

/** Names on their way from the feed to a hub. */
export type NameEntry = readonly [symbol: string, vi: string | null, en: string | null];
