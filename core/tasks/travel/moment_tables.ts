import type { Change } from "../../engine/change.ts";
import { certificateOf } from "../../engine/session_view.ts";
import type { EngineState, Reference } from "../../engine/state.ts";
import type { Universe } from "../../feed/startup.ts";
import { Publisher } from "../../hub/publisher.ts";
import { parseFuturesCode } from "../../market/futures.ts";
import { VN30_SEED } from "../../market/vn30.ts";
import type { BusMessage } from "../../port/bus.ts";
import type { FeedStatus } from "../../wire/status.ts";
import type { TradeSlice } from "../../wire/trade.ts";
import { feedStatus } from "../feed_status.ts";
import { BoardRows, type RowSettings } from "../rows.ts";

export interface MomentSettings extends RowSettings {
  readonly provider: FeedStatus["provider"];
}

/** The tables and logs that hubs had at a moment, kept beside an engine that is replayed. */
export class MomentTables {
  readonly #engine: EngineState;
  readonly #settings: MomentSettings;
  readonly #publisher: Publisher;
  readonly #rows: BoardRows;
  #epochs = 0;
  #shownMs: number | null = null;

  constructor(engine: EngineState, settings: MomentSettings) {
    this.#engine = engine;
    this.#settings = settings;
    this.#publisher = new Publisher({ epoch: this.#newEpoch(), status: this.#status(0) });
    this.#rows = new BoardRows(engine, this.#publisher, settings);
    this.#setUniverse();
  }

  /** Exchange time of what was last shown; null before the first message. */
  get shownMs(): number | null {
    return this.#shownMs;
  }

  /** Remembers what a step changed. */
  note(changes: readonly Change[]): void {
    this.#rows.note(changes);
    if (changes.some(({ kind }) => kind === "reference")) this.#setUniverse();
  }

  /** Brings rows, logs and status up to the engine; `atMs` is the instant that is asked for. */
  show(atMs: number): void {
    this.#shownMs = this.#engine.market.asOfMs;
    // All anew: some cells, as speeds, are of the time a row was made at, and rows of their order.
    this.#rows.startEpoch(this.#newEpoch());
    this.#rows.publishDirty();
    const { lastSession } = this.#engine;
    if (lastSession !== null) this.#publisher.session(certificateOf(lastSession));
    this.#publisher.status(this.#status(atMs));
    this.#publisher.tick(this.#shownMs);
  }

  /** The newest trades of each security, which the engine does not keep. */
  trades(): readonly TradeSlice[] {
    return this.#publisher.snapshot().trades;
  }

  /** Takes trades that `trades` gave. */
  restoreTrades(slices: readonly TradeSlice[]): void {
    for (const { ticker, entries } of slices) {
      for (const entry of entries) this.#publisher.trade(ticker, entry);
    }
  }

  /** All that was last shown, as an epoch of its own. */
  snapshot(epoch: string): BusMessage {
    return { ...this.#publisher.snapshot(), epoch };
  }

  /** How the feed itself fared is not recorded, so a moment is as live as its boards were open. */
  #status(atMs: number): FeedStatus {
    return feedStatus(this.#engine, {
      provider: this.#settings.provider,
      isReplay: true,
      feed: { state: "live", reason: null, sinceMs: this.#engine.market.asOfMs ?? atMs },
      universe: universeOf(this.#engine.reference),
      isRecorded: true,
      nowMs: atMs,
    });
  }

  #setUniverse(): void {
    this.#rows.setUniverse(universeOf(this.#engine.reference));
  }

  #newEpoch(): string {
    return `moment-${this.#epochs++}`;
  }
}

/** What the journal says of who was on the board. */
function universeOf({ members, watch, vn30 }: Reference): Universe {
  const isFuture = (symbol: string) => !vn30.has(symbol) && parseFuturesCode(symbol) !== null;
  const recorded = members.get("VN30");
  return {
    vn30: recorded ?? VN30_SEED,
    source: recorded === undefined ? "static" : "feed",
    futures: [...watch].filter(isFuture),
  };
}
