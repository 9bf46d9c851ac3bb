import type { ReferenceEvent } from "../market/event.ts";
import type { Reference } from "./state.ts";

/** All that is known, as one event; null while nothing is. */
export function wholeReference({ members, shares, watch }: Reference): ReferenceEvent | null {
  if (members.size + shares.size + watch.size === 0) return null;
  return {
    kind: "reference",
    members: Object.fromEntries(members),
    shares: Object.fromEntries(shares),
    watch: [...watch],
  };
}

/** The part of an event that is not known yet; null when all of it is. */
export function newFacts(held: Reference, event: ReferenceEvent): ReferenceEvent | null {
  const members = Object.entries(event.members).filter(([id, symbols]) =>
    held.members.get(id)?.join() !== symbols.join()
  );
  const shares = Object.entries(event.shares).filter(([symbol, count]) =>
    held.shares.get(symbol) !== count
  );
  const watch = event.watch !== undefined && event.watch.join() !== [...held.watch].join();
  if (members.length + shares.length === 0 && !watch) return null;
  return {
    kind: "reference",
    members: Object.fromEntries(members),
    shares: Object.fromEntries(shares),
    ...watch ? { watch: event.watch } : {},
  };
}
