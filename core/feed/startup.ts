import { listedVn30Futures, parseFuturesCode } from "../market/futures.ts";
import { vnDate } from "../market/time.ts";
import { VN30_AS_OF, VN30_SEED } from "../market/vn30.ts";
import type { Clock } from "../port/clock.ts";
import type { NameEntry } from "../wire/names.ts";
import { delay } from "./delay.ts";
import type { FeedLog } from "./log.ts";
import { namesOf } from "./name_text.ts";
import type { RestClient } from "./rest_client.ts";

/** What the board shows: the members of VN30 and the listed futures on it. */
export interface Universe {
  readonly vn30: readonly string[];
  /** `feed` when IndexComponents gave the members, `static` for the dated list of the product. */
  readonly source: "feed" | "static";
  readonly futures: readonly string[];
}

export interface UniverseOptions {
  /** Codes that replace rule and listing alike; empty for none. */
  readonly futuresOverride: readonly string[];
  /** Pause before a load that failed is tried again. */
  readonly retryMs: number;
  /** How often the day is looked at; a clock may be set or a machine may sleep meanwhile. */
  readonly dayCheckMs: number;
}

export interface UniverseDeps {
  readonly rest: RestClient;
  readonly clock: Clock;
  readonly log: FeedLog;
  readonly signal: AbortSignal;
}

export interface UniverseHandlers {
  onUniverse(universe: Universe): void;
  /** Names of the listed futures. */
  onNames(names: readonly NameEntry[]): void;
  /** The members have been asked for once, with or without success: the stream may connect. */
  onFirstTry(): void;
  /** A new day began by our clock: whatever is bound to the old one may be renewed. */
  onNewDay(): void;
  /** Newest trading date the feed has spoken of, `YYYY-MM-DD`; a simulated one may run ahead. */
  tradingDate(): string | null;
}

/** Futures listed at a time; the exchange lists four maturities. */
const FUTURES_LISTED = 4;
/** The day of the feed begins at 07:00 in Viet Nam, before the boards open and after the night's upkeep. */
const DAY_START_MS = 7 * 3_600_000;

/**
 * Loads the universe, says each change, and loads it again every morning, and whenever the feed's
 * own date moves ahead of our clock, until the signal.
 */
export async function followUniverse(
  options: UniverseOptions,
  handlers: UniverseHandlers,
  deps: UniverseDeps,
): Promise<void> {
  const { clock, signal } = deps;
  let universe = staticUniverse(options, clock.nowMs());
  const today = () => feedDate(clock.nowMs(), handlers.tradingDate());
  let day = today();
  let clockDay = feedDay(clock.nowMs());
  const change = (part: Partial<Universe>) => {
    universe = { ...universe, ...part };
    handlers.onUniverse(universe);
  };
  for (let first = true; !signal.aborted; first = false) {
    const members = await loadMembers(deps);
    if (signal.aborted) return;
    if (members !== null) change({ vn30: members, source: "feed" });
    else if (first) change({});
    if (first) handlers.onFirstTry();
    const date = laterDate(vnDate(clock.nowMs()), handlers.tradingDate());
    const futures = await loadFutures(options, date, handlers, deps);
    if (signal.aborted) return;
    if (futures !== null && futures.join() !== universe.futures.join()) change({ futures });
    if (members !== null && futures !== null) {
      while (!signal.aborted && today() === day) await delay(options.dayCheckMs, signal);
    } else {
      await delay(options.retryMs, signal);
    }
    day = today();
    if (signal.aborted || feedDay(clock.nowMs()) === clockDay) continue;
    clockDay = feedDay(clock.nowMs());
    handlers.onNewDay();
  }
}

/** The day that facts are loaded for: by our clock, or the feed's own when that runs ahead. */
export function feedDate(nowMs: number, tradingDate: string | null): string {
  return laterDate(feedDay(nowMs), tradingDate);
}

/** What is known without asking anybody. */
export function staticUniverse(
  options: Pick<UniverseOptions, "futuresOverride">,
  nowMs: number,
): Universe {
  const listed = listedVn30Futures(vnDate(nowMs)).map((contract) => contract.code);
  const { futuresOverride } = options;
  return {
    vn30: VN30_SEED,
    source: "static",
    futures: futuresOverride.length > 0 ? futuresOverride : listed,
  };
}

/** The VN30 futures among listed codes: those not expired on a date, nearest first. */
export function vn30FuturesAmong(codes: readonly string[], date: string): string[] {
  const contracts = codes.map(parseFuturesCode).filter((c) => c?.underlying === "VN30");
  const current = contracts.filter((contract) => contract!.lastTradingDate >= date);
  // A simulated exchange may live on another date than our clock: then its listing is taken whole.
  const byMonth = new Map<string, string>();
  for (const contract of current.length > 0 ? current : contracts) {
    const { month, code } = contract!;
    if (!byMonth.has(month) || code.startsWith("41")) byMonth.set(month, code);
  }
  const months = [...byMonth.keys()].sort().slice(0, FUTURES_LISTED);
  return months.map((month) => byMonth.get(month)!);
}

function laterDate(date: string, other: string | null): string {
  return other !== null && other > date ? other : date;
}

function feedDay(nowMs: number): string {
  return vnDate(nowMs - DAY_START_MS);
}

async function loadMembers({ rest, log, signal }: UniverseDeps): Promise<readonly string[] | null> {
  const result = await rest.indexComponents("VN30");
  if (signal.aborted) return null;
  if (result.ok && result.rows.length > 0) {
    log("members_loaded", { members: result.rows.length });
    return result.rows;
  }
  const reason = result.ok ? "IndexComponents answered no members" : result.reason;
  log("members_not_loaded", { reason, seedAsOf: VN30_AS_OF });
  return null;
}

/** The codes to use; null when the listing could not be read and is to be asked for again. */
async function loadFutures(
  options: UniverseOptions,
  date: string,
  handlers: UniverseHandlers,
  { rest, log, signal }: UniverseDeps,
): Promise<readonly string[] | null> {
  if (options.futuresOverride.length > 0) return options.futuresOverride;
  const expected = listedVn30Futures(date).map((contract) => contract.code);
  const result = await rest.securities("DER");
  if (signal.aborted) return null;
  if (!result.ok) {
    log("futures_not_checked", { reason: result.reason, used: expected.join(" ") });
    return null;
  }
  handlers.onNames(namesOf(result.rows));
  const listed = vn30FuturesAmong(result.rows.map((row) => row.symbol), date);
  if (listed.length === 0) {
    log("futures_not_listed", { used: expected.join(" ") });
    return expected;
  }
  if (listed.join() !== expected.join()) {
    log("futures_differed", { expected: expected.join(" "), listed: listed.join(" ") });
  }
  return listed;
}
