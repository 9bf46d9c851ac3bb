import type { Logger } from "../log.ts";
import { type Broker, LEASE_MS } from "./broker.ts";

/** Time between two renewals, and between two looks of one that waits. */
const RENEW_MS = 1_000;
/** A server that has just come back may have no answers yet; the holder asks again at once. */
const RETRY_MS = 100;
/** The holder is silent this long before anybody else can have taken its place. */
const MARGIN_MS = 500;

export interface LeaseDeps {
  readonly broker: Broker;
  /** A name of this process, never given before. */
  readonly holder: string;
  /** A clock that only goes forward. */
  readonly nowMs: () => number;
  readonly log: Logger;
  /** The lease is ours under this term; also when it was lost and nobody else had taken it. */
  readonly onTerm: (term: number) => void;
  /** Another one has it. */
  readonly onLost: () => void;
}

/**
 * The right to publish, for one process at a time. Its term is the fence: whoever hears of a higher
 * one no longer listens to a lower one.
 */
export class Lease {
  readonly #deps: LeaseDeps;
  readonly #forget: () => void;
  #lastTerm = 0;
  #isHolder = false;
  #untilMs = -Infinity;
  /** Who waits takes nothing before this: after an outage the holder comes first. */
  #waitUntilMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #round: Promise<void> = Promise.resolve();
  #turns = 0;
  #abandon = () => {};
  #isClosed = false;

  constructor(deps: LeaseDeps) {
    this.#deps = deps;
    this.#forget = deps.broker.onReconnect(() => {
      if (!this.#isHolder) this.#waitUntilMs = deps.nowMs() + LEASE_MS;
      // The answer went to the connection before.
      this.#abandon();
      this.#again(0);
    });
    this.#again(0);
  }

  /** The term under which this process may publish at this moment; null when it may not. */
  get term(): number | null {
    return this.#isHolder && this.#deps.nowMs() < this.#untilMs ? this.#lastTerm : null;
  }

  /** Gives the lease back, so that another one need not wait for its end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#forget();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#round;
    if (!this.#isHolder) return;
    this.#isHolder = false;
    await this.#deps.broker.lease.release(this.#deps.holder).catch((error) =>
      this.#deps.log.warn("lease_release_failed", { error })
    );
  }

  #again(afterMs: number): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#round = this.#round.then(async () => this.#again(await this.#safeTurn()));
    }, afterMs);
  }

  /** Gives the wait before the next turn. Without an answer nothing changes: what is held ends by itself. */
  async #safeTurn(): Promise<number> {
    const { broker, nowMs, log } = this.#deps;
    const { promise: abandoned, reject } = Promise.withResolvers<never>();
    this.#abandon = () => reject(new Error("The connection was replaced"));
    try {
      await Promise.race([this.#turn(++this.#turns), abandoned]);
      return RENEW_MS;
    } catch (error) {
      log.debug("lease_unanswered", { error });
      if (!this.#isHolder) this.#waitUntilMs = nowMs() + LEASE_MS;
      if (!broker.isConnected) return RENEW_MS;
      // A server that was set up anew has no place for a lease yet.
      await broker.prepare().catch((reason) => log.error("bus_prepare_failed", { error: reason }));
      return this.#isHolder ? RETRY_MS : RENEW_MS;
    }
  }

  async #turn(turn: number): Promise<void> {
    if (this.#isClosed) return;
    const { broker, holder, nowMs, log, onTerm, onLost } = this.#deps;
    // A question to nobody would be in the way of that to a server that is back.
    if (!broker.isConnected) return;
    const askedMs = nowMs();
    const isRenewed = this.#isHolder && await broker.lease.renew(holder);
    if (turn !== this.#turns) return;
    if (isRenewed) {
      this.#untilMs = askedMs + LEASE_MS - MARGIN_MS;
      return;
    }
    if (!this.#isHolder && askedMs < this.#waitUntilMs) return;
    const takenMs = nowMs();
    const term = await broker.lease.take(holder, this.#lastTerm);
    if (turn !== this.#turns) return;
    if (term === null) {
      if (this.#isHolder) {
        log.warn("lease_lost", { term: this.#lastTerm });
        this.#isHolder = false;
        onLost();
      }
      return;
    }
    this.#lastTerm = term;
    this.#isHolder = true;
    this.#untilMs = takenMs + LEASE_MS - MARGIN_MS;
    log.info("lease_taken", { term });
    onTerm(term);
  }
}
