import type { Config } from "../../config.ts";
import { GOVERNOR_LIMITS } from "../../feed/governor.ts";
import { type DataSource, ingestSettings } from "../data_source.ts";

/** Where the start of the program fills the past from; plain data, so that it can be posted. */
export interface BackfillSource {
  readonly baseUrl: string;
  readonly consumerId: string;
  readonly consumerSecret: string;
  /** Least time between two calls. */
  readonly spacingMs: number;
}

/**
 * Our own exchange has no quota, but a page of minutes keeps it busy for some 25 ms, in which no tick
 * leaves: history has a tenth of its time.
 */
const OWN_SPACING_MS = 250;

/** What is filled in at the start; null for nothing. `url` is that of our own service, if any. */
export function backfillSource(
  config: Config,
  source: DataSource,
  url: string | null,
): BackfillSource | null {
  const { backfillOnStart: wish } = config.database;
  if (wish === "off" || (wish === "auto" && source.provider !== "sim")) return null;
  const { baseUrl, consumerId, consumerSecret } = ingestSettings(config, source, url);
  const spacingMs = url === null ? GOVERNOR_LIMITS.spacingMs : OWN_SPACING_MS;
  return { baseUrl, consumerId, consumerSecret, spacingMs };
}
