import type { ReferenceEvent } from "../market/event.ts";
import type { Clock } from "../port/clock.ts";
import { BREADTH_INDICES } from "../wire/index_breadth.ts";
import type { NameEntry } from "../wire/names.ts";
import { type BackoffLimits, backoffMs } from "../ssi/backoff.ts";
import { delay } from "./delay.ts";
import type { FeedLog } from "./log.ts";
import { namesOf } from "./name_text.ts";
import type { RestResult } from "./rest_caller.ts";
import type { RestClient, RestIndexExchange, RestMarket } from "./rest_client.ts";
import { feedDate } from "./startup.ts";

export interface ReferenceOptions {
  /** Pause before a call that failed is made again. */
  readonly backoff: BackoffLimits;
  /** How often the day is looked at. */
  readonly dayCheckMs: number;
}

export interface ReferenceHandlers {
  /** Facts as they come, a handful of events a day; what an event does not name stays as it is. */
  onReference(event: ReferenceEvent): void;
  /** Names of a board's securities. */
  onNames(names: readonly NameEntry[]): void;
  /** Newest trading date the feed has spoken of; a simulated one may run ahead of our clock. */
  tradingDate(): string | null;
}

export interface ReferenceDeps {
  readonly rest: RestClient;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: FeedLog;
  readonly signal: AbortSignal;
  /** Resolves when the stream has connected: the board comes first. */
  readonly connected: Promise<void>;
}

/** Indices whose breadth stands on pages; for some of them the feed counts nothing itself. */
const SHOWN: ReadonlySet<string> = new Set(BREADTH_INDICES);
/** Indices whose members are asked for, at a call a second; SSI publishes about 30. */
const INDICES_ASKED_MAX = 64;
/** Its members are loaded before the stream connects. */
const VN30 = "VN30";

type Job =
  | { readonly call: "details"; readonly market: RestMarket }
  | { readonly call: "list"; readonly exchange: RestIndexExchange }
  | { readonly call: "members"; readonly indexCode: string };

/**
 * Loads names, listed shares and the members of every index, one call after another, and again with each
 * day, until the signal. A call that fails is made again after all others, with growing pauses.
 */
export async function followReference(
  options: ReferenceOptions,
  handlers: ReferenceHandlers,
  deps: ReferenceDeps,
): Promise<void> {
  const { clock, signal } = deps;
  await deps.connected;
  const today = () => feedDate(clock.nowMs(), handlers.tradingDate());
  while (!signal.aborted) {
    const day = today();
    await new DayLoad(options, handlers, deps).run(() => today() === day);
    while (!signal.aborted && today() === day) await delay(options.dayCheckMs, signal);
  }
}

/** The calls that each day begins with; IndexList has the index of UPCOM under HNX. */
const FIRST_JOBS: readonly Job[] = [
  { call: "list", exchange: "HOSE" },
  { call: "details", market: "HOSE" },
  { call: "list", exchange: "HNX" },
  { call: "details", market: "HNX" },
  { call: "details", market: "UPCOM" },
];

/** The calls of one day, and what they have brought. */
class DayLoad {
  readonly #options: ReferenceOptions;
  readonly #handlers: ReferenceHandlers;
  readonly #deps: ReferenceDeps;
  readonly #jobs: Job[] = [...FIRST_JOBS];
  /** Index ids in upper case that are asked for: they compare without case. */
  readonly #indices = new Set<string>();
  /** Members that came and have not been said, so that indices asked for in a row are one event. */
  #members: Record<string, readonly string[]> = {};
  #shares = 0;
  #skipped = 0;

  constructor(options: ReferenceOptions, handlers: ReferenceHandlers, deps: ReferenceDeps) {
    this.#options = options;
    this.#handlers = handlers;
    this.#deps = deps;
  }

  /** Works until all is loaded, the signal, or a new day. */
  async run(isToday: () => boolean): Promise<void> {
    const { log, random, signal } = this.#deps;
    for (let failures = 0; this.#jobs.length > 0 && isToday();) {
      const job = this.#jobs.shift()!;
      const failure = await this.#do(job);
      if (signal.aborted) return;
      if (failure === null) {
        failures = 0;
        if (this.#jobs[0]?.call !== "members") this.#sayMembers();
        continue;
      }
      this.#jobs.push(job);
      this.#sayMembers();
      log("reference_not_loaded", { ...job, reason: failure });
      await delay(backoffMs(failures++, random(), this.#options.backoff), signal);
      if (signal.aborted) return;
    }
    this.#sayMembers();
    if (this.#jobs.length > 0) return;
    const { size: indices } = this.#indices;
    log("reference_loaded", { indices, shares: this.#shares, skipped: this.#skipped });
  }

  /** Makes one call; null when it went well, else why it did not. */
  async #do(job: Job): Promise<string | null> {
    const { rest } = this.#deps;
    switch (job.call) {
      case "details":
        return this.#take(await rest.securitiesDetails(job.market), (rows) => {
          const listed = rows.filter((row) => row.listedShares !== null);
          const shares = Object.fromEntries(listed.map((row) => [row.symbol, row.listedShares!]));
          this.#shares += listed.length;
          if (listed.length > 0) this.#say({}, shares);
          this.#handlers.onNames(namesOf(rows));
        });
      case "list":
        return this.#take(await rest.indexList(job.exchange), (rows) => this.#listed(rows));
      case "members":
        return this.#take(await rest.indexComponents(job.indexCode), (rows) => {
          // Some indices have no list of members; that is no word on what is known of them.
          if (rows.length > 0) this.#members[job.indexCode.toUpperCase()] = rows;
        });
    }
  }

  #take<T>(result: RestResult<T>, onRows: (rows: readonly T[]) => void): string | null {
    // An answer that came with the signal is of a feed that has ended.
    if (this.#deps.signal.aborted) return null;
    if (!result.ok) return result.reason;
    this.#skipped += result.skipped;
    onRows(result.rows);
    return null;
  }

  #listed(indexCodes: readonly string[]): void {
    let cut = 0;
    const urgent: Job[] = [];
    for (const indexCode of indexCodes) {
      const id = indexCode.toUpperCase();
      if (id === VN30 || this.#indices.has(id)) continue;
      if (this.#indices.size >= INDICES_ASKED_MAX) {
        cut++;
        continue;
      }
      this.#indices.add(id);
      (SHOWN.has(id) ? urgent : this.#jobs).push({ call: "members", indexCode });
    }
    this.#jobs.unshift(...urgent);
    if (cut > 0) this.#deps.log("reference_cut", { indices: cut });
  }

  #sayMembers(): void {
    if (Object.keys(this.#members).length > 0) this.#say(this.#members, {});
    this.#members = {};
  }

  #say(members: ReferenceEvent["members"], shares: ReferenceEvent["shares"]): void {
    this.#handlers.onReference({ kind: "reference", members, shares });
  }
}
