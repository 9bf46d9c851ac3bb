import type { Logger } from "../log.ts";

/** Wait before the n-th restart in a row, ms; a worker that lived a minute starts over at the first. */
const RESTART_WAITS_MS = [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
const HEALTHY_AFTER_MS = 60_000;
/** A stopping worker gets this long to finish its files before it is terminated. */
const STOP_WAIT_MS = 5_000;
/** Time for messages that wait to be heard, ms. */
const LAST_WORD_MS = 100;

/** What everything behind the pages is started with. */
export interface BackendDeps {
  readonly log: Logger;
  /** Something that cannot be mended by waiting: the program should end with this line. */
  readonly onFatal: (message: string) => void;
}

/** What the supervisor needs to know about a worker. */
export interface WorkerPlan {
  readonly name: string;
  readonly url: URL;
  /** Sends the start message to a fresh worker. */
  start(worker: Worker): void;
  onMessage(message: unknown): void;
  /** The worker is gone and will be started again; what it served is stale from now on. */
  onDown(reason: string): void;
  /** Longest silence of a healthy worker, ms: every message is a sign of life. Null: not watched. */
  readonly silenceMs: number | null;
  /** Asks the worker to finish; it answers with a message of kind `stopped`. */
  readonly stop: { readonly ask: unknown; readonly stopped: string };
}

/** A worker that is started again, with growing waits, whenever it dies or falls silent. */
export class Supervisor {
  readonly #plan: WorkerPlan;
  readonly #log: Logger;
  #worker: Worker | null = null;
  #restartTimer: ReturnType<typeof setTimeout> | null = null;
  #silenceTimer: ReturnType<typeof setTimeout> | null = null;
  #failures = 0;
  #startedMs = 0;
  #stopping: Promise<void> | null = null;
  #onStopped: (() => void) | null = null;
  restarts = 0;

  constructor(plan: WorkerPlan, log: Logger) {
    this.#plan = plan;
    this.#log = log;
    this.#spawn();
  }

  /** The running worker, or null while it is down. */
  get worker(): Worker | null {
    return this.#worker;
  }

  /** Ends the worker at once, as a crash would; it is started again like after a crash. */
  kill(reason = "killed"): void {
    if (this.#worker !== null) this.#down(reason);
  }

  /** Ends the worker for good without asking it. */
  abandon(): void {
    this.#stopping = Promise.resolve();
    this.#clearTimers();
    this.#worker?.terminate();
    this.#worker = null;
  }

  /** Asks the worker to stop, waits for its `stopped` message for a bounded time, then ends it. */
  stop(): Promise<void> {
    return this.#stopping ??= this.#stop();
  }

  async #stop(): Promise<void> {
    this.#clearTimers();
    const worker = this.#worker;
    if (worker === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#log.warn("worker_stop_timed_out", { worker: this.#plan.name });
        resolve();
      }, STOP_WAIT_MS);
      this.#onStopped = () => {
        clearTimeout(timer);
        resolve();
      };
      worker.postMessage(this.#plan.stop.ask);
    });
    this.#clearTimers();
    worker.terminate();
    this.#worker = null;
  }

  #spawn(): void {
    this.#startedMs = performance.now();
    const worker = new Worker(this.#plan.url, { type: "module", name: this.#plan.name });
    this.#worker = worker;
    worker.onmessage = (event) => this.#message(worker, event.data);
    worker.onmessageerror = () => {
      if (worker === this.#worker) this.#down("sent a message that cannot be read");
    };
    worker.onerror = (event) => {
      // Without this an error inside the worker would end the whole process.
      event.preventDefault();
      if (worker === this.#worker) this.#down(event.message);
    };
    this.#plan.start(worker);
    this.#watchSilence();
  }

  #message(worker: Worker, message: unknown): void {
    if (worker !== this.#worker) return;
    if (this.#stopping !== null) {
      const kind = (message as { kind?: unknown } | null)?.kind;
      if (kind === this.#plan.stop.stopped) this.#onStopped?.();
      return;
    }
    this.#watchSilence();
    this.#plan.onMessage(message);
  }

  #watchSilence(): void {
    const { silenceMs } = this.#plan;
    if (silenceMs === null) return;
    if (this.#silenceTimer !== null) clearTimeout(this.#silenceTimer);
    // This thread may have been the busy one: what the worker said meanwhile is heard first.
    this.#silenceTimer = setTimeout(() => {
      this.#silenceTimer = setTimeout(
        () => this.#down(`was silent for ${silenceMs} ms`),
        LAST_WORD_MS,
      );
    }, silenceMs);
  }

  #down(reason: string): void {
    if (this.#stopping !== null) {
      this.#onStopped?.();
      return;
    }
    this.#worker?.terminate();
    this.#worker = null;
    this.#clearTimers();
    if (performance.now() - this.#startedMs > HEALTHY_AFTER_MS) this.#failures = 0;
    const waitMs = RESTART_WAITS_MS[Math.min(this.#failures, RESTART_WAITS_MS.length - 1)]!;
    this.#failures++;
    this.restarts++;
    this.#log.error("worker_down", { worker: this.#plan.name, reason, waitMs });
    this.#plan.onDown(reason);
    this.#restartTimer = setTimeout(() => this.#spawn(), waitMs);
  }

  #clearTimers(): void {
    if (this.#restartTimer !== null) clearTimeout(this.#restartTimer);
    if (this.#silenceTimer !== null) clearTimeout(this.#silenceTimer);
    this.#restartTimer = null;
    this.#silenceTimer = null;
  }
}
