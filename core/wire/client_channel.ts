import type { ChannelName, LogChannel, StateChannel } from "./channel.ts";
import type { ClientShell } from "./client_shell.ts";
import type { DeltaFrame, LogFrame, Position, SnapshotFrame } from "./frames.ts";
import { joined } from "./snapshot_parts.ts";

/** What a subscriber of a channel of state is told. */
export interface StateHandlers {
  /** The whole channel; it replaces what the subscriber has of it. */
  onSnapshot(frame: SnapshotFrame): void;
  /** Cells that changed in what the subscriber has. */
  onDelta(frame: DeltaFrame): void;
}

/** What a subscriber of a log is told. */
export interface LogHandlers {
  /** New entries; with `isWhole` they replace what the subscriber has, and entries before may be lost. */
  onEntries(frame: LogFrame, isWhole: boolean): void;
}

/** Handlers of a channel; `status` has none of its own. */
export type HandlersOf<Name extends ChannelName> = Name extends LogChannel ? LogHandlers
  : Name extends StateChannel ? StateHandlers
  : Readonly<Record<never, never>>;

export interface Subscriber {
  readonly handlers: Partial<StateHandlers & LogHandlers>;
  /** Rows wanted; null for all, and so is an empty list where nobody wants any. */
  readonly syms: readonly string[] | null;
}

/** Most rows that a question by REST can name. */
const SYMBOLS_MAX = 100;

type DataFrame = SnapshotFrame | DeltaFrame | LogFrame;

/** One channel as the client holds it, for all who subscribed to it. */
export class HeldChannel {
  readonly name: ChannelName;
  readonly subscribers = new Set<Subscriber>();
  readonly #later: ClientShell["later"];
  /** Where the client stands; null when it needs everything. */
  position: Position | null = null;
  /** Parts of a snapshot that is still coming. */
  #parts: SnapshotFrame[] = [];

  constructor(name: ChannelName, { later }: Pick<ClientShell, "later">) {
    this.name = name;
    this.#later = later;
  }

  /** Rows that some subscriber wants, in one order; null for all, also of a list that is too long. */
  get syms(): readonly string[] | null {
    const wanted = new Set<string>();
    for (const { syms } of this.subscribers) {
      if (syms === null) return null;
      for (const symbol of syms) wanted.add(symbol);
    }
    // A server takes no empty list.
    return wanted.size === 0 || wanted.size > SYMBOLS_MAX ? null : [...wanted].sort();
  }

  /** Adds a subscriber that stands at `from`; from elsewhere all of them start again. */
  join(subscriber: Subscriber, from: Position | undefined): void {
    const isFirst = this.subscribers.size === 0;
    const before = this.syms?.join();
    this.subscribers.add(subscriber);
    if (isFirst) this.position = from === undefined || from.e === "" ? null : from;
    else if (!this.#isAt(from) || this.syms?.join() !== before) this.forget();
  }

  /** What is held does not count any more: the next frame is the whole channel. */
  forget(): void {
    this.position = null;
    this.cut();
  }

  /** The way was cut: parts that came over it have no others. */
  cut(): void {
    this.#parts = [];
  }

  /** Tells the subscribers what is new in a frame; false when something before it is missing. */
  take(frame: DataFrame): boolean {
    if (frame.k === "s") return this.#snapshot(frame);
    return frame.k === "d" ? this.#delta(frame) : this.#entries(frame);
  }

  #isAt(from: Position | undefined): boolean {
    const { position } = this;
    return from !== undefined && position?.e === from.e && position.s === from.s;
  }

  #snapshot(frame: SnapshotFrame): boolean {
    const { i = 0, n = 1 } = frame;
    if (i !== this.#parts.length) this.cut();
    if (i !== this.#parts.length) return false;
    this.#parts.push(frame);
    if (i + 1 < n) return true;
    const whole = n === 1 ? frame : joined(this.#parts);
    this.cut();
    this.position = { e: frame.e, s: frame.s };
    this.#tell((handlers) => handlers.onSnapshot?.(whole));
    return true;
  }

  #delta(frame: DeltaFrame): boolean {
    const { position } = this;
    if (position === null || position.e !== frame.e || frame.p > position.s) return false;
    if (frame.s <= position.s) return true;
    this.position = { e: frame.e, s: frame.s };
    this.#tell((handlers) => handlers.onDelta?.(frame));
    return true;
  }

  #entries(frame: LogFrame): boolean {
    const { position } = this;
    const isWhole = position?.e !== frame.e;
    if (!isWhole && frame.p > position.s) return false;
    if (!isWhole && frame.s <= position.s) return true;
    this.position = { e: frame.e, s: frame.s };
    const list = isWhole ? frame.list : frame.list.slice(position.s - frame.p);
    const news = { ...frame, p: frame.s - list.length, list } as LogFrame;
    this.#tell((handlers) => handlers.onEntries?.(news, isWhole));
    return true;
  }

  /** Tells those who are there now; a handler may end or begin subscriptions, or be wrong. */
  #tell(tell: (handlers: Subscriber["handlers"]) => void): void {
    for (const subscriber of [...this.subscribers]) {
      if (!this.subscribers.has(subscriber)) continue;
      try {
        tell(subscriber.handlers);
      } catch (error) {
        // The position has moved on: the others must hear of it, and the page of the error.
        this.#later(() => {
          throw error;
        }, 0);
      }
    }
  }
}
