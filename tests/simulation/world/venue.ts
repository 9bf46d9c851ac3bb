import { sessionCode } from "../../../core/exchange/day_clock.ts";
import type { SimMessage } from "../../../core/exchange/types.ts";
import { type Exchange, EXCHANGES, phaseAtSecond } from "../../../core/market/phase.ts";
import { parseVnTime } from "../../../core/market/time.ts";
import type { Draws } from "./draws.ts";
import type { Faults } from "./faults.ts";
import { Listed, LISTINGS } from "./listing.ts";
import * as records from "./records.ts";

/** When a world's day is looked at: each has a change of phase in reach. */
const STARTS = ["08:44:50", "08:59:30", "09:14:30", "10:00:00", "11:29:00", "14:28:00", "14:43:30"]
  .map((time) => parseVnTime(time)!);
const LAST_SECOND = parseVnTime("15:05:00")!;
/** Longest pause between two steps, seconds, by how fast the day runs. */
const PACES = [1, 3, 30];

/** A venue that trades one to eight securities and tells everything it does. */
export class Venue {
  readonly listed: readonly Listed[];
  second: number;
  readonly #draws: Draws;
  readonly #faults: Faults;
  readonly #pace: number;
  readonly #latest = new Map<string, SimMessage>();
  #indexE2 = 190_000;
  #indexVolume = 0;

  constructor(draws: Draws, faults: Faults) {
    this.#draws = draws;
    this.#faults = faults;
    this.second = draws.pick(STARTS);
    this.#pace = draws.pick(PACES);
    const count = 1 + draws.below(LISTINGS.length);
    this.listed = LISTINGS.slice(0, count).map(([symbol, exchange]) =>
      new Listed(symbol, exchange)
    );
    for (const s of this.listed) {
      s.session = sessionCodeAt(s.exchange, this.second);
      s.isCollecting = s.session === "ATO" || s.session === "ATC";
      this.#tell(records.statusMessage(s, this.second), records.tradeMessage(s, this.second));
    }
  }

  /** What the venue says in the next step. */
  step(): SimMessage[] {
    const draws = this.#draws;
    this.second = Math.min(LAST_SECOND, this.second + draws.below(this.#pace + 1));
    const said = this.#changeSessions();
    for (let left = 1 + draws.below(2); left > 0; left--) said.push(this.#act());
    if (this.#faults.strikes("correct")) this.#takeBack(draws.pick(this.listed));
    return this.#tell(...said);
  }

  /** The last word on every channel, as the hub pushes it on subscribing. */
  cached(): SimMessage[] {
    return [...this.#latest.values()];
  }

  /** One more word on everything, so that nothing of the past is the newest. */
  sayAll(): SimMessage[] {
    this.second = Math.min(LAST_SECOND + 60, this.second + 1);
    return this.#tell(
      ...this.listed.flatMap((s) => [
        records.tradeMessage(s, this.second),
        records.foreignMessage(s, this.second),
      ]),
    );
  }

  #tell(...messages: SimMessage[]): SimMessage[] {
    for (const message of messages) {
      if (message.channel === "B") continue;
      this.#latest.set(`${message.channel} ${message.symbol}`, message);
    }
    return messages;
  }

  #changeSessions(): SimMessage[] {
    const said: SimMessage[] = [];
    for (const exchange of EXCHANGES) {
      const code = sessionCodeAt(exchange, this.second);
      for (const s of this.listed) {
        if (s.exchange !== exchange || s.session === code) continue;
        const isPrint = s.isCollecting && this.#draws.chance(0.8);
        s.session = code;
        s.estimatedE2 = 0;
        s.isCollecting = code === "ATO" || code === "ATC";
        // The print of an auction comes under the next session's code, on HOSE flagged as a sale.
        if (isPrint) said.push(this.#match(s, code === "C" ? "SD" : null));
        said.push(records.statusMessage(s, this.second));
      }
    }
    return said;
  }

  #act(): SimMessage {
    const draws = this.#draws;
    const s = draws.pick(this.listed);
    const what = draws.below(20);
    const phase = phaseAtSecond(s.exchange, this.second);
    if (what < 11) {
      const isOpen = phase === "continuous" || phase === "plo" && s.lastE2 !== 0;
      if (isOpen) return this.#match(s, draws.pick(["BU", "SD", "BU", "SD", null, "Unknow"]));
      if (s.isCollecting) s.estimatedE2 = s.priceAfter(draws.below(5) - 2);
      return records.tradeMessage(s, this.second);
    }
    if (what < 16) return records.quoteMessage(s, this.second, 100 * (1 + draws.below(50)));
    if (what < 17) {
      s.foreignBuy += 100 * draws.below(5);
      s.foreignSell += 100 * draws.below(5);
      return records.foreignMessage(s, this.second);
    }
    if (what < 19) {
      this.#indexE2 += draws.below(41) - 20;
      this.#indexVolume += 1_000;
      return records.indexMessage(this.#indexE2, this.second, this.#indexVolume);
    }
    return draws.chance(0.5)
      ? records.barMessage("VN30", this.#indexE2, this.second)
      : records.barMessage(s.symbol, s.lastE2 || s.referenceE2, this.second);
  }

  #match(s: Listed, side: string | null): SimMessage {
    const draws = this.#draws;
    const lot = s.isFuture ? 1 : 100;
    if (this.#faults.strikes("merge")) s.fill(s.priceAfter(1), lot * (1 + draws.below(5)));
    s.fill(s.priceAfter(draws.below(7) - 3), lot * (1 + draws.below(20)));
    s.side = side;
    s.prints.set(s.totalVolume, { priceE2: s.lastE2, volume: s.lastVolume });
    const changes: Record<string, unknown> = {};
    if (this.#faults.strikes("unsize")) changes.LastVol = 0;
    if (this.#faults.strikes("oversize")) changes.LastVol = s.totalVolume;
    if (this.#faults.strikes("unprice")) changes.LastPrice = 0;
    return records.tradeMessage(s, this.second, changes);
  }

  /** Trades are annulled: the total falls, nobody says which. */
  #takeBack(s: Listed): void {
    const volume = Math.min(s.totalVolume, s.lastVolume * (1 + this.#draws.below(3)));
    if (volume === 0) return;
    s.isCorrected = true;
    const left = s.totalVolume - volume;
    s.totalValueVnd = Math.floor(s.totalValueVnd * (left / s.totalVolume));
    s.totalVolume = left;
  }
}

/** Session code of a board at a second of the day, as the wire spells it. */
function sessionCodeAt(exchange: Exchange, second: number): string {
  return sessionCode(phaseAtSecond(exchange, second), second < 9 * 3600);
}
