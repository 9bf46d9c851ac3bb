import { writeFeedFrame, writeOwnFrame } from "../engine/own_frame.ts";
import { wholeReference } from "../engine/reference.ts";
import type { Reference } from "../engine/state.ts";
import type { OwnEvent } from "../market/event.ts";
import type { Journal } from "../port/journal.ts";

/** Frames held while no trading date is known yet: the init frame and the first acknowledgements. */
const UNDATED_FRAMES_MAX = 1_000;

/** A text on its way to the journal. */
interface Text {
  readonly receivedMs: number;
  readonly text: string;
  /** It is an event of ours. */
  readonly own: boolean;
}

/**
 * Puts frames and our own events into the journal of the trading date they were applied to. What
 * comes before the first date (init, acknowledgement, keep-alive) waits for it, so the journal keeps
 * the order of arrival. Each date begins with what REST has told, which its frames do not hold.
 */
export class FrameRecorder {
  readonly #journal: Journal;
  readonly #reference: () => Reference;
  #undated: Text[] = [];
  #date: string | null = null;
  /** Records of the newest date, those that it held at the start included. */
  records = 0;
  /** Events of ours among what was handed to the journal. */
  ownEvents = 0;
  /** Frames that were not kept because too many came before the first date. */
  dropped = 0;

  /** `reference` gives what is known whenever a date begins; it is read then, and not before. */
  constructor(journal: Journal, reference: () => Reference) {
    this.#journal = journal;
    this.#reference = reference;
  }

  /** Goes on with a date whose journal has been read. */
  resume(tradingDate: string | null, records: number): void {
    this.#date = tradingDate;
    this.records = records;
  }

  /** Takes a frame in arrival order; it is on its way to the kernel after the journal's `commit`. */
  record(receivedMs: number, frame: string, tradingDate: string | null): void {
    this.#take({ receivedMs, text: writeFeedFrame(frame), own: false }, tradingDate);
  }

  /** Takes an event of ours in the order of the frames. */
  recordOwn(receivedMs: number, event: OwnEvent, tradingDate: string | null): void {
    this.#take({ receivedMs, text: writeOwnFrame(event), own: true }, tradingDate);
  }

  #take(text: Text, tradingDate: string | null): void {
    if (tradingDate === null) {
      if (this.#undated.length < UNDATED_FRAMES_MAX) this.#undated.push(text);
      else this.dropped++;
      return;
    }
    if (tradingDate !== this.#date) this.#begin(tradingDate, text.receivedMs);
    this.#append(tradingDate, text);
  }

  /** Writes what the frames of a new date need in front of them. */
  #begin(tradingDate: string, receivedMs: number): void {
    this.#date = tradingDate;
    this.records = 0;
    for (const text of this.#undated) this.#append(tradingDate, text);
    this.#undated = [];
    const known = wholeReference(this.#reference());
    if (known === null) return;
    this.#append(tradingDate, { receivedMs, text: writeOwnFrame(known), own: true });
  }

  #append(tradingDate: string, { receivedMs, text, own }: Text): void {
    this.#journal.append(tradingDate, receivedMs, text);
    this.records++;
    if (own) this.ownEvents++;
  }
}
