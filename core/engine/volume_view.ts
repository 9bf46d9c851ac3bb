import { formatVnTime, vnSecondOfDay } from "../market/time.ts";
import { VOLUME_FIELDS } from "../wire/analytics.ts";
import type { Cell } from "../wire/board.ts";
import { buyPctBounds } from "../wire/session_stats.ts";
import type { EngineState } from "./state.ts";

/** Cells of one security's volumes in the order of VOLUME_FIELDS; all null before any trading. */
export function volumeRow(state: EngineState, symbol: string): Cell[] {
  const row = state.market.instruments.get(symbol);
  if (row === undefined || row.totalVolume === null) return VOLUME_FIELDS.map(() => null);
  const { tape, volumes } = row;
  const { ato, continuous, atc, plo, other } = volumes.buckets;
  const { methods } = volumes;
  return [
    volumes.buy,
    volumes.sell,
    volumes.none,
    tape.counted,
    volumes.buyVnd,
    volumes.sellVnd,
    volumes.noneVnd,
    ...[ato, continuous, atc, plo, other].flatMap(({ buy, sell, none }) => [buy, sell, none]),
    tape.missing,
    tape.head,
    ...buyPctBounds(volumes, volumes.buckets.continuous.none + tape.missing),
    methods.feed,
    methods.quote,
    methods.tick,
    methods.auction,
    methods.none,
    volumes.agree,
    volumes.disagree,
    formatVnTime(vnSecondOfDay(row.tradeMs)),
    plo.noneVnd,
    other.noneVnd,
  ];
}
