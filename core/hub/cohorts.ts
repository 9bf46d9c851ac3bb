import type { ChannelName } from "../wire/channel.ts";
import { Cohort, type CohortDeps } from "./cohort.ts";
import { FrameCache, NOTHING } from "./frame_cache.ts";
import type { Session } from "./session.ts";

/** Every client of the versioned protocol, among those that want the same. */
export class Cohorts {
  /** Data frames serialised, and times their cache was full. */
  readonly frames: FrameCache;
  readonly #deps: CohortDeps;
  /** By what their clients want; as many as there are clients at most. */
  readonly #cohorts = new Map<string, Cohort>();
  readonly #of = new Map<Session, Cohort>();

  constructor(deps: Omit<CohortDeps, "frames">) {
    this.frames = new FrameCache(deps.replica);
    this.#deps = { ...deps, frames: this.frames };
  }

  get size(): number {
    return this.#cohorts.size;
  }

  /** Puts a client among those that want the same. */
  place(session: Session, positions: ReadonlyMap<ChannelName, number>): Cohort {
    // In one order, so that it does not matter in which order they subscribed.
    const wants = [...session.wants].sort(([a], [b]) => a < b ? -1 : 1);
    const { rateMs } = session;
    // Everybody comes without wants first.
    const key = wants.length === 0 ? `[${rateMs},[]]` : JSON.stringify([rateMs, wants]);
    let cohort = this.#cohorts.get(key);
    if (cohort === undefined) {
      this.#cohorts.set(key, cohort = new Cohort(key, { wants, rateMs }, this.#deps));
    }
    this.#of.set(session, cohort);
    cohort.add(session, wants.map(([name]) => positions.get(name) ?? NOTHING));
    return cohort;
  }

  /** Takes a client out of its cohort and gives the positions that it has. */
  leave(session: Session): Map<ChannelName, number> {
    const cohort = this.#of.get(session);
    if (cohort === undefined) return new Map();
    this.#of.delete(session);
    const positions = cohort.remove(session);
    if (cohort.size === 0) this.#cohorts.delete(cohort.key);
    return positions;
  }

  /** The replica changed: what was built is old. */
  changed(): void {
    this.frames.clear();
    for (const cohort of this.#cohorts.values()) cohort.changed();
  }

  /** Another epoch follows: what clients lack of this one is told, and their positions end with it. */
  endEpoch(nowMs: number): void {
    for (const cohort of this.#all()) {
      cohort.flush(nowMs, true);
      cohort.endEpoch();
    }
  }

  /** The feed's state has news for everybody who subscribed. */
  statusChanged(nowMs: number): void {
    this.frames.clear();
    for (const cohort of this.#all()) {
      cohort.statusChanged();
      cohort.retry(nowMs);
    }
  }

  /**
   * Writes to the clients what they lack and their rates allow. Says whether it has to be called
   * again although nothing changes.
   */
  flush(nowMs: number): boolean {
    let isWaiting = false;
    for (const cohort of this.#all()) isWaiting = cohort.flush(nowMs, false) || isWaiting;
    return isWaiting;
  }

  /** Writes a heartbeat to every client, and what it lacks. */
  beat(nowMs: number): void {
    for (const cohort of this.#all()) cohort.beat(nowMs);
  }

  /** Looks again at clients that could not take what is due to them. */
  retry(nowMs: number): void {
    for (const cohort of this.#all()) cohort.retry(nowMs);
  }

  /** Clients to close so that the unsent bytes of all fit: of each cohort the one that lags longest. */
  slowestOver(bytesMax: number): readonly Session[] {
    const heaps = this.#all().map((cohort) => cohort.unsent());
    let bytes = heaps.reduce((sum, heap) => sum + heap.bytes, 0);
    const slowest = heaps.flatMap((heap) => heap.slowest ?? [])
      .sort((a, b) => a.lagSinceMs - b.lagSinceMs);
    const chosen: Session[] = [];
    for (const session of slowest) {
      if (bytes <= bytesMax) break;
      bytes -= session.link.unsentBytes;
      chosen.push(session);
    }
    return chosen;
  }

  /** The cohorts of this moment; clients may leave while they are served. */
  #all(): readonly Cohort[] {
    return [...this.#cohorts.values()];
  }
}
