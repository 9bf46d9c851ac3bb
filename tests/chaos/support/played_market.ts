import { createIngest, type Ingest, ingestFrame } from "../../../core/engine/ingest.ts";
import { parseVnTime, vnSecondOfDay } from "../../../core/market/time.ts";
import type { Journal } from "../../../core/port/journal.ts";
import { StoreOutlet } from "../../../core/tasks/store_outlet.ts";
import { frames, type PlayOptions } from "../../simulation/market_frames.ts";
import { STORE_ENGINE } from "./stored_day.ts";

/** Frames between two batches of rows: some tenths of a second of a busy market. */
const FRAMES_PER_FLUSH = 20;

/** An engine that frames of a simulated day come to as fast as it takes them, and its journal. */
export class PlayedMarket {
  readonly ingest: Ingest = createIngest(STORE_ENGINE);
  readonly outlet: StoreOutlet;
  readonly #journal: Journal;
  readonly #frames: Generator<string>;
  frames = 0;

  constructor(journal: Journal, play: PlayOptions, pendingRowsMax: number) {
    this.#journal = journal;
    this.#frames = frames(play);
    let ms = 0;
    this.outlet = new StoreOutlet({
      engine: this.ingest.engine,
      place: () => this.#place(),
      // Each batch a second later: the place is told when it is due by the clock.
      nowMs: () => ms += 1_000,
      pendingRowsMax,
    });
  }

  /** Plays up to `HH:mm:ss` of the market, or to the end of its frames. */
  async playTo(time: string): Promise<void> {
    const endSecond = parseVnTime(time)!;
    while (this.#second() < endSecond) {
      if (!this.#next()) break;
      if (this.frames % FRAMES_PER_FLUSH > 0) continue;
      this.#journal.commit();
      this.outlet.flush();
      // As between two frames of a socket: others have their turn.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    this.#journal.commit();
    this.outlet.flush();
  }

  /** Rows that the store has not answered for. */
  get pending(): number {
    return this.outlet.metrics().store_pending_rows!;
  }

  #second(): number {
    const { asOfMs } = this.ingest.engine.market;
    return asOfMs === null ? 0 : vnSecondOfDay(asOfMs);
  }

  #next(): boolean {
    const { done, value: frame } = this.#frames.next();
    if (done) return false;
    const changes = ingestFrame(this.ingest, frame);
    const { tradingDate } = this.ingest.engine.market;
    if (tradingDate !== null) this.#journal.append(tradingDate, 0, frame);
    this.outlet.note(changes);
    this.frames++;
    return true;
  }

  #place() {
    const { tradingDate } = this.ingest.engine.market;
    this.#journal.commit();
    return this.#journal.position(tradingDate!);
  }
}
