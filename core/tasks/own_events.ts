import type { EngineState } from "../engine/state.ts";
import type { Ingest } from "../engine/ingest.ts";
import { newFacts } from "../engine/reference.ts";
import type { Universe } from "../feed/startup.ts";
import type { OwnEvent, ReferenceEvent } from "../market/event.ts";
import { vnInstantMs } from "../market/time.ts";

/** Second of the day, in Viet Nam, from which a silent feed has nothing more to say of the day. */
const CLOSE_SECOND = 15 * 3600 + 5 * 60 + 30;
/** The feed is silent when it has sent no market message for this time. */
const CLOSE_SILENCE_MS = 30_000;

export interface OwnEventsOptions {
  readonly provider: "ssi" | "sim";
  readonly isReplay: boolean;
  readonly extraSymbols: readonly string[];
  readonly ingest: Ingest;
  /** Takes an event in the order of the frames. */
  readonly emit: (event: OwnEvent) => void;
}

/** Decides what we add to the frames of the feed: what REST told, and that a silent day is over. */
export class OwnEvents {
  readonly #options: OwnEventsOptions;
  #messages = -1;
  #messagesMs = 0;

  constructor(options: OwnEventsOptions) {
    this.#options = options;
  }

  /** Takes the members of VN30 and the futures; alerts are raised for these and the extra symbols. */
  universe({ vn30, source, futures }: Universe): void {
    // The dated list of the product never replaces what the exchange has told.
    const members = source === "feed" ? vn30 : this.#engine.reference.members.get("VN30") ?? vn30;
    const watch = [...new Set([...members, ...futures, ...this.#options.extraSymbols])];
    this.reference({ kind: "reference", members: { VN30: members }, shares: {}, watch });
  }

  /** Takes what REST told; what is known already moves nothing. */
  reference(event: ReferenceEvent): void {
    const facts = newFacts(this.#engine.reference, event);
    if (facts !== null) this.#options.emit(facts);
  }

  /** Looks whether the session is over although the feed does not say so. */
  tick(nowMs: number): void {
    const { messages } = this.#options.ingest.counters;
    if (messages !== this.#messages || nowMs < this.#messagesMs) {
      this.#messages = messages;
      this.#messagesMs = nowMs;
    }
    // A simulated or recorded market lives at an hour of its own, which only its messages tell.
    const { provider, isReplay } = this.#options;
    if (provider !== "ssi" || isReplay || nowMs - this.#messagesMs < CLOSE_SILENCE_MS) return;
    const { tradingDate, archivedMs, asOfMs } = this.#engine.market;
    if (tradingDate === null || archivedMs !== null) return;
    const exchangeMs = vnInstantMs(tradingDate, CLOSE_SECOND);
    if (nowMs < exchangeMs || (asOfMs ?? 0) >= exchangeMs) return;
    this.#options.emit({ kind: "clock", exchangeMs });
  }

  get #engine(): EngineState {
    return this.#options.ingest.engine;
  }
}
