import type { JSX } from "preact";
import type { LimitStay } from "../../core/wire/limit_stats.ts";
import { billionText } from "../billion_text.ts";
import { fill } from "../fill.ts";
import { formatCount } from "../number_format.ts";
import type { SymbolContext } from "./context.ts";

interface LimitLineProps {
  readonly stay: LimitStay;
  readonly context: SymbolContext;
}

/** What waits at the limit where a security stands now. */
export function LimitLine({ stay, context: { words, style } }: LimitLineProps): JSX.Element {
  const { since, queue_volume, queue_value } = stay;
  const count = (volume: number) => formatCount(volume, style);
  const text = fill(words.atLimit[stay.limit], {
    since: since ?? "–",
    queue: count(queue_volume ?? 0),
    value: billionText(queue_value ?? 0, style),
    most: count(stay.queue_max),
    matched: count(stay.matched_volume),
    reached: stay.times_reached,
    broken: stay.times_broken,
  });
  return <p class="symbol-limit" data-limit={stay.limit}>{text}</p>;
}
