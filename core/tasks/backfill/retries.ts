import type { RestFailed } from "../../feed/rest_caller.ts";
import { type BackoffLimits, backoffMs } from "../../ssi/backoff.ts";

export interface RetryLimits {
  /** Times that a call is made before it is left for the next run. */
  readonly triesMax: number;
  readonly backoff: BackoffLimits;
  /** Pauses after the service said that a quota is used up. */
  readonly blocked: BackoffLimits;
}

export interface RetryDeps {
  readonly limits: RetryLimits;
  /** No more tries; a call under way is not cut off. */
  readonly stop: AbortSignal;
  /** Waits so long, or less when there is a reason; not at all once it is to stop. */
  readonly pause: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onRetry: () => void;
}

/** Why something was given up: it failed too often, the key was refused, or the user ended it. */
export interface GivenUp {
  readonly ok: false;
  readonly end: "failed" | "refused" | "stopped";
  readonly reason: string;
}

/** Acts until it goes well, with growing pauses after what may pass. */
export async function withRetries<T extends { readonly ok: true }>(
  act: () => Promise<T | RestFailed>,
  { limits, stop, pause, random, onRetry }: RetryDeps,
): Promise<T | GivenUp> {
  for (let failures = 0;;) {
    const result = await act();
    if (result.ok) return result;
    const { kind, reason } = result;
    if (kind === "refused") return { ok: false, end: "refused", reason };
    if (kind === "bad-shape" || ++failures === limits.triesMax) {
      return { ok: false, end: "failed", reason };
    }
    const backoff = kind === "blocked" ? limits.blocked : limits.backoff;
    await pause(backoffMs(failures - 1, random(), backoff));
    if (stop.aborted) return { ok: false, end: "stopped", reason };
    onRetry();
  }
}
