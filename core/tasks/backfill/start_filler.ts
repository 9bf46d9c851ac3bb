import { delay } from "../../feed/delay.ts";
import type { Logger } from "../../log.ts";
import type { BackfillHealth } from "../../wire/health.ts";
import type { BackfillArguments } from "./arguments.ts";
import { fill, type FillDeps, fillRunningDay } from "./fill.ts";
import { unitText } from "./progress_line.ts";
import type { Service } from "./read_unit.ts";
import type { Outcome, RunLimits } from "./run.ts";
import type { BackfillStore } from "./store.ts";

export interface FillerLimits {
  readonly run: RunLimits;
  /** Rounds until what the service or the database did not give is left for the next start. */
  readonly roundsMax: number;
  /** Pause before another round. */
  readonly againMs: number;
  /** After this the minute in which the feed began is over. */
  readonly firstMinuteMs: number;
}

/** With the pauses of a round itself, about an hour. */
export const FILLER_LIMITS: Omit<FillerLimits, "run"> = {
  roundsMax: 60,
  againMs: 60_000,
  firstMinuteMs: 65_000,
};

/** The service and the store of one turn. */
export interface FillerEnds {
  readonly service: Service;
  readonly store: BackfillStore;
  /** Ends what is under way; may be called again. */
  close(): Promise<void>;
}

export interface StartFillerDeps {
  readonly open: () => FillerEnds;
  readonly wanted: BackfillArguments;
  /** The last day whose history is whole. */
  readonly lastClosed: () => string;
  /** Trading date of what the feed brings; null before it brings anything. */
  readonly runningDay: () => string | null;
  readonly limits: FillerLimits;
  readonly nowMs: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
}

interface Turn {
  readonly ends: FillerEnds;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * Fills in what was before the start, in the background: days, the running day up to the start, the
 * minutes of the days before, and the running day again, because the feed began within a minute.
 */
export class StartFiller {
  readonly #deps: StartFillerDeps;
  #turn: Turn | null = null;
  #isClosed = false;
  #woken = new AbortController();
  #health: BackfillHealth = {
    state: "waiting",
    unit: null,
    units: 0,
    done: 0,
    rows: 0,
    reason: null,
  };
  /** Rows of the steps that are over. */
  #rows = 0;

  constructor(deps: StartFillerDeps) {
    this.#deps = deps;
  }

  get health(): BackfillHealth {
    return this.#health;
  }

  /** The figures of this part; names of counters end in `_total`. */
  metrics(): Readonly<Record<string, number>> {
    return { store_backfilled_rows_total: this.#health.rows };
  }

  /** Begins, or goes on, with a store that is ready and ours. */
  begin(): void {
    if (this.#isClosed || this.#turn !== null) return;
    const [ends, stop] = [this.#deps.open(), new AbortController()];
    this.#turn = { ends, stop, done: this.#fill(ends, stop.signal) };
  }

  /** Goes on now if it pauses after a failure: what failed is back. */
  wake(): void {
    this.#woken.abort();
  }

  /** Ends what is under way; what is not stored yet is asked for again at the next beginning. */
  async rest(): Promise<void> {
    const turn = this.#turn;
    if (turn === null) return;
    this.#turn = null;
    turn.stop.abort();
    await turn.ends.close();
    await turn.done;
  }

  /** Rests for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.rest();
  }

  async #fill(ends: FillerEnds, stop: AbortSignal): Promise<void> {
    const { limits, nowMs, log } = this.#deps;
    const startMs = nowMs();
    log.info("backfill_begun", { lastClosed: this.#deps.lastClosed() });
    for (let round = 1; !stop.aborted; round++) {
      const { end, reason } = await this.#round(ends, stop, startMs + limits.firstMinuteMs);
      if (end === "stopped") break;
      if (end === "done") {
        const tookMs = Math.round(nowMs() - startMs);
        this.#tell({ state: reason === null ? "done" : "failed", unit: null, reason });
        log.info("backfill_done", { rows: this.#health.rows, tookMs });
        break;
      }
      log.warn("backfill_interrupted", { reason, round });
      if (end === "refused" || round === limits.roundsMax) {
        this.#tell({ state: "failed", unit: null, reason });
        break;
      }
      this.#tell({ state: "waiting", unit: null, reason });
      await this.#pause(limits.againMs, stop);
    }
    await ends.close();
  }

  async #pause(ms: number, stop: AbortSignal): Promise<void> {
    this.#woken = new AbortController();
    await delay(ms, AbortSignal.any([stop, this.#woken.signal]));
  }

  /** Everything that is missing, once; a database that cannot be asked is as lost as a service. */
  async #round(
    ends: FillerEnds,
    stop: AbortSignal,
    firstMinuteEndMs: number,
  ): Promise<Pick<Outcome, "end" | "reason">> {
    const { wanted, nowMs } = this.#deps;
    const isOfMinutes = (kind: BackfillArguments["kinds"][number]) => kind === "intraday";
    const minutes = wanted.kinds.filter(isOfMinutes);
    const days = wanted.kinds.filter((kind) => !isOfMinutes(kind));
    const deps = this.#fillDeps(ends, stop);
    const steps = [
      () => fill({ ...wanted, kinds: days }, deps),
      () => this.#fillToday(deps),
      () => fill({ ...wanted, kinds: minutes }, deps),
      async () => {
        this.#tell({ state: "waiting", unit: null });
        await delay(firstMinuteEndMs - nowMs(), stop);
        return await this.#fillToday(deps);
      },
    ];
    try {
      let reason: string | null = null;
      for (const step of steps) {
        const outcome = await step();
        this.#rows = this.#health.rows;
        if (outcome.end !== "done") return outcome;
        const { failed = 0 } = outcome.progress ?? {};
        if (failed > 0) reason = `${failed} parts are left for the next start`;
      }
      return { end: "done", reason };
    } catch (error) {
      if (stop.aborted) return { end: "stopped", reason: null };
      return { end: "lost", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #fillToday(deps: FillDeps): Promise<Outcome> {
    const date = this.#deps.runningDay();
    if (date === null || date <= deps.lastClosed) {
      return { end: "done", progress: null, reason: null };
    }
    const isRunning = () => this.#deps.runningDay() === date;
    return await fillRunningDay({ date, isRunning }, this.#deps.wanted, deps);
  }

  #fillDeps({ service, store }: FillerEnds, stop: AbortSignal): FillDeps {
    const { lastClosed, limits, random, log } = this.#deps;
    return {
      ...{ service, store, stop, random },
      lastClosed: lastClosed(),
      limits: limits.run,
      pause: (ms) => this.#pause(ms, stop),
      onProgress: ({ unit, units, done, rows }) =>
        this.#tell({
          state: "filling",
          unit: unit === null ? null : unitText(unit),
          ...{ units, done, rows: this.#rows + rows },
        }),
      onFailed: (unit, reason) =>
        log.warn("backfill_part_failed", { part: unitText(unit), reason }),
    };
  }

  #tell(change: Partial<BackfillHealth>): void {
    this.#health = { ...this.#health, reason: null, ...change };
  }
}
