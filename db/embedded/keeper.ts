import type { Logger } from "../../core/log.ts";
import type { Postmaster } from "./postmaster.ts";

/** Wait before the n-th start in a row; a server that lived a minute starts over at the first. */
const RESTART_WAITS_MS = [100, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
const HEALTHY_AFTER_MS = 60_000;

/** What a keeper starts, and whom it tells. */
export interface KeeperPlan {
  /** Starts the server; may throw, and is then asked again later. */
  readonly start: () => Promise<Postmaster>;
  readonly log: Logger;
  /** The server is gone; it will be started again at the same address. */
  readonly onDown: (reason: string) => void;
  readonly onUp: () => void;
}

/** Starts a server again, with growing waits, whenever it ends by itself. */
export class Keeper {
  readonly #plan: KeeperPlan;
  readonly #closing = Promise.withResolvers<void>();
  readonly #kept: Promise<void>;
  #isClosing = false;

  constructor(first: Postmaster, plan: KeeperPlan) {
    this.#plan = plan;
    this.#kept = this.#keep(first);
  }

  /** Ends the server for good and resolves when it is gone. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#closing.resolve();
    await this.#kept;
  }

  async #keep(first: Postmaster): Promise<void> {
    const { log, onDown, onUp } = this.#plan;
    let failures = 0;
    let running: Postmaster | null = first;
    while (running !== null) {
      const startedMs = performance.now();
      const code = await Promise.race([running.exited, this.#closing.promise]);
      if (this.#isClosing) return await running.stop();
      if (performance.now() - startedMs >= HEALTHY_AFTER_MS) failures = 0;
      log.error("database_ended", { code });
      onDown(`PostgreSQL ended with ${code}`);
      running = null;
      while (running === null && !this.#isClosing) {
        await this.#wait(RESTART_WAITS_MS[Math.min(failures, RESTART_WAITS_MS.length - 1)]!);
        if (this.#isClosing) return;
        failures++;
        running = await this.#tryStart();
      }
      if (running === null) return;
      log.info("database_restarted", { failures });
      onUp();
    }
  }

  async #tryStart(): Promise<Postmaster | null> {
    try {
      return await this.#plan.start();
    } catch (error) {
      this.#plan.log.error("database_start_failed", { error });
      return null;
    }
  }

  async #wait(ms: number): Promise<void> {
    const timer = Promise.withResolvers<void>();
    const handle = setTimeout(timer.resolve, ms);
    await Promise.race([timer.promise, this.#closing.promise]);
    clearTimeout(handle);
  }
}
