import type { LimitSums, LimitTrack } from "../analytics/limit_queue.ts";
import { tradeValueVnd } from "../analytics/volume.ts";
import type { Cell } from "../wire/board.ts";
import { LIMIT_FIELDS } from "../wire/limits.ts";
import { priceCell, timeCell } from "./cells.ts";
import type { EngineState, Instrument } from "./state.ts";

/** Cells of one security's limits in the order of LIMIT_FIELDS; all null for one that met none. */
export function limitRow(state: EngineState, symbol: string): Cell[] {
  const row = state.market.instruments.get(symbol);
  if (row === undefined || row.limit === null) return LIMIT_FIELDS.map(() => null);
  const { limit: track, exchange } = row;
  const isThere = track.limit !== null;
  return [
    exchange,
    track.limit,
    track.sinceMs === null ? null : timeCell(track.sinceMs),
    isThere ? track.queue : null,
    isThere ? queueVnd(row, track) : null,
    priceCell(row.lastE2),
    priceCell(row.ceilingE2),
    priceCell(row.floorE2),
    ...sumCells(track.ceiling),
    ...sumCells(track.floor),
  ];
}

/** The last price is the limit for as long as a security stands there. */
function queueVnd({ exchange, lastE2 }: Instrument, { queue }: LimitTrack): number {
  return tradeValueVnd({ exchange, priceE2: lastE2!, volume: queue });
}

function sumCells({ reached, broken, seconds, queueMax, matched }: LimitSums): Cell[] {
  return [reached, broken, seconds, queueMax, matched];
}
