import type { LoadClient } from "./client.ts";
import type { LoadView } from "./view.ts";
import { wait } from "./wait.ts";

/** Longest time for all clients to catch up after the run. */
const CATCH_UP_MS = 15_000;
const LOOK_MS = 50;

/** How the views of clients compare with one that began with a fresh snapshot. */
export interface Equality {
  readonly equal: number;
  readonly different: number;
  /** Clients that did not come to a position which the fresh one knows too. */
  readonly unproved: number;
}

/**
 * Compares what clients hold, made of every delta that they were sent, with what a new subscriber
 * holds: at the same position every cell must be the same.
 */
export async function compareViews(
  clients: readonly LoadClient[],
  fresh: LoadClient,
): Promise<Equality> {
  const pending = new Set(clients);
  const untilMs = performance.now() + CATCH_UP_MS;
  let [equal, different] = [0, 0];
  while (pending.size > 0 && performance.now() < untilMs) {
    for (const client of pending) {
      const verdict = compare(client, fresh);
      if (verdict === null) continue;
      pending.delete(client);
      if (verdict) equal++;
      else different++;
    }
    if (pending.size > 0) await wait(LOOK_MS);
  }
  return { equal, different, unproved: pending.size };
}

/** Null when the two have not been at one position yet. */
function compare(client: LoadClient, fresh: LoadClient): boolean | null {
  if (fresh.views.size === 0) return null;
  let isKnown = true;
  for (const [channel, reference] of fresh.views) {
    const view = client.views.get(channel);
    const verdict = view === undefined ? null : compareView(view, reference);
    if (verdict === false) return false;
    if (verdict === null) isKnown = false;
  }
  return isKnown ? true : null;
}

function compareView(view: LoadView, reference: LoadView): boolean | null {
  for (const [position, digest] of reference.digests) {
    const held = view.digests.get(position);
    if (held !== undefined) return held === digest;
  }
  // In a quiet market the fresh snapshot is newer than the last change, and says the same.
  return view.isWhole && view.digest === reference.digest ? true : null;
}
