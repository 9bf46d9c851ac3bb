/** Positions followed at once; the oldest are forgotten, and late comers at them are not counted. */
const POSITIONS_MAX = 16_384;
/** Close codes told apart, and errors. */
const CODES_MAX = 64;
/** Samples kept of each kind: past that every second one is dropped, and the rest stand for twice as many. */
const SAMPLES_MAX = 500_000;

/** Milliseconds of some kind, bounded. */
export class Samples {
  #values: number[] = [];
  #every = 1;
  #seen = 0;

  add(ms: number): void {
    if (this.#seen++ % this.#every !== 0) return;
    this.#values.push(ms);
    if (this.#values.length < SAMPLES_MAX) return;
    this.#values = this.#values.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }

  get count(): number {
    return this.#seen;
  }

  /** Null without samples. */
  quantile(share: number): number | null {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) * share)] ?? null;
  }
}

/** What all clients of a run have seen together. */
export class Tally {
  opened = 0;
  refused = 0;
  messages = 0;
  deliveries = 0;
  snapshots = 0;
  logEntries = 0;
  bytes = 0;
  textBytes = 0;
  gaps = 0;
  /** Times that a client stopped reading. */
  pauses = 0;
  /** Returns that went on with a delta, and those that got a snapshot. */
  resumed = 0;
  restarted = 0;
  failures = 0;
  readonly closes = new Map<number, number>();
  readonly errors = new Map<string, number>();
  /** Behind the first client that had the same change, of clients that never stopped reading. */
  readonly delays = new Samples();
  /** From an operation to its reply. */
  readonly roundTrips = new Samples();
  readonly openings = new Samples();
  readonly #firstMs = new Map<string, number>();

  /** Counts a change; `key` names it for all clients. */
  delivered(key: string, nowMs: number, hasPaused: boolean): void {
    this.deliveries++;
    if (hasPaused) return;
    const firstMs = this.#firstMs.get(key);
    this.delays.add(firstMs === undefined ? 0 : nowMs - firstMs);
    if (firstMs !== undefined) return;
    this.#firstMs.set(key, nowMs);
    if (this.#firstMs.size > POSITIONS_MAX) {
      this.#firstMs.delete(this.#firstMs.keys().next().value!);
    }
  }

  closed(code: number): void {
    countIn(this.closes, code, 0);
  }

  error(code: string): void {
    countIn(this.errors, code, "other");
  }
}

/** Counts under a key, or with the rest where there are too many keys. */
function countIn<Key>(counts: Map<Key, number>, key: Key, rest: Key): void {
  const known = counts.has(key) || counts.size < CODES_MAX ? key : rest;
  counts.set(known, (counts.get(known) ?? 0) + 1);
}
