import type { Change } from "../../core/engine/change.ts";
import { logFrom } from "../../core/engine/logs.ts";
import { createEngine, type EngineState } from "../../core/engine/state.ts";
import { step } from "../../core/engine/step.ts";
import type { IndexEvent } from "../../core/market/event.ts";
import type { Exchange, SessionCode } from "../../core/market/phase.ts";
import {
  at,
  indexEvent as baseEvent,
  preOpenEvent,
  statusEvent,
  tradeEvent,
} from "./trade_events.ts";
import { formatVnTime, vnSecondOfDay } from "../../core/market/time.ts";

/** A value of VN30 before anything traded: yesterday's. */
export function indexEvent(changes: Partial<IndexEvent> = {}): IndexEvent {
  return baseEvent({ exchangeMs: at("09:05:00"), valueE2: 184_500, ...changes });
}

/** An engine that is told what indices, futures and boards do; times are `HH:mm:ss` of DATE. */
export class IndexMarket {
  readonly state: EngineState = createEngine({ classifier: "feed", symbolsMax: 4_000 });
  readonly #totals = new Map<string, number>();

  /** An index ticks, in hundredths; volume 1 says that its members have traded. */
  tick(id: string, valueE2: number | null, time: string, volume = 1): readonly Change[] {
    return step(this.state, indexEvent({ symbol: id, valueE2, volume, exchangeMs: at(time) }));
  }

  /** A future trades, in hundredths; the first message of each is a baseline without volume. */
  trade(symbol: string, lastE2: number, time: string, lastVolume = 1): readonly Change[] {
    const limits = { referenceE2: 184_000, ceilingE2: 196_880, floorE2: 171_120 };
    const head = { symbol, exchange: "DERIVATIVES", ...limits } as const;
    if (!this.#totals.has(symbol)) step(this.state, preOpenEvent(head));
    const totalVolume = (this.#totals.get(symbol) ?? 0) + lastVolume;
    this.#totals.set(symbol, totalVolume);
    const exchangeMs = at(time);
    return step(
      this.state,
      tradeEvent({ ...head, exchangeMs, lastE2, lastVolume, totalVolume, session: null }),
    );
  }

  /** Boards change their session. */
  session(code: SessionCode, time: string, ...boards: readonly Exchange[]): void {
    for (const exchange of boards) {
      const symbol = `${exchange}1`;
      step(this.state, statusEvent({ symbol, exchange, session: code, exchangeMs: at(time) }));
    }
  }

  /** Exchange time goes on without a message of the feed. */
  clock(time: string): readonly Change[] {
    return step(this.state, { kind: "clock", exchangeMs: at(time) });
  }

  /** The points of a contract: time of day and basis in hundredths. */
  points(contract: string): readonly (readonly [time: string, basisE2: number])[] {
    return logFrom(this.state, "basis", 0).entries
      .filter(([, code]) => code === contract)
      .map(([atMs, , futuresE2, spotE2]) => [timeOf(atMs), futuresE2 - spotE2]);
  }

  /** The series of an index: time of day and value in hundredths. */
  intraday(id: string): readonly (readonly [time: string, valueE2: number])[] {
    return logFrom(this.state, "intraday", 0).entries
      .filter(([, of]) => of === id)
      .map(([atMs, , valueE2]) => [timeOf(atMs), valueE2]);
  }
}

/** The time of day of an instant, `HH:mm:ss` in Viet Nam. */
export function timeOf(atMs: number): string {
  return formatVnTime(vnSecondOfDay(atMs));
}

/** A map that counts how often it is read, by key or by going through it. */
export class CountedMap<Key, Value> extends Map<Key, Value> {
  reads = 0;

  override get(key: Key): Value | undefined {
    this.reads++;
    return super.get(key);
  }

  override *[Symbol.iterator](): MapIterator<[Key, Value]> {
    for (const entry of super.entries()) {
      this.reads++;
      yield entry;
    }
  }

  override *values(): MapIterator<Value> {
    for (const [, value] of this) yield value;
  }

  override *keys(): MapIterator<Key> {
    for (const [key] of this) yield key;
  }
}
