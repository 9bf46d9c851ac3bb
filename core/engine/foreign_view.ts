import { isEstimated, netVnd } from "../analytics/foreign.ts";
import { type Speed, speedAt } from "../analytics/speed.ts";
import { formatVnTime, vnSecondOfDay } from "../market/time.ts";
import { OTHER_SECTOR, VN30_SECTORS } from "../market/vn30.ts";
import { FLOW_FIELDS, FOREIGN_FIELDS } from "../wire/analytics.ts";
import type { Cell } from "../wire/board.ts";
import type { EngineState } from "./state.ts";

/** Scopes that flow is summed over, in row order. */
export const FLOW_SCOPES: readonly string[] = [
  ...["VN30", "ALL", "HOSE", "HNX", "UPCOM"],
  ...VN30_SECTORS.map(({ id }) => `sector:${id}`),
  `sector:${OTHER_SECTOR}`,
];

/** Cells of one security's foreign flow in the order of FOREIGN_FIELDS; all null without any. */
export function foreignRow(state: EngineState, symbol: string): Cell[] {
  const instrument = state.market.instruments.get(symbol);
  const event = instrument?.foreign ?? null;
  const flow = instrument?.flow ?? null;
  if (instrument === undefined || event === null || flow === null) {
    return FOREIGN_FIELDS.map(() => null);
  }
  const { buyVolume, sellVolume, buyValueVnd, sellValueVnd, totalRoom, currentRoom } = event;
  return [
    buyVolume,
    sellVolume,
    buyValueVnd,
    sellValueVnd,
    buyVolume - sellVolume,
    netVnd(event),
    currentRoom,
    totalRoom,
    roomUsedPct(totalRoom, currentRoom),
    ...speedCells(speedAt(flow.speed, state.market.asOfMs ?? event.exchangeMs)),
    flow.buyDelta,
    flow.sellDelta,
    isEstimated(event, instrument) ? 1 : 0,
    formatVnTime(vnSecondOfDay(event.exchangeMs)),
  ];
}

/** Cells of one scope in the order of FLOW_FIELDS; all null before any message of its members. */
export function flowRow(state: EngineState, scope: string): Cell[] {
  const { flows, asOfMs } = state.market;
  const flow = flows.scopes.get(scope);
  if (flow === undefined || flow.symbols === 0) return FLOW_FIELDS.map(() => null);
  const { buyVolume, sellVolume, buyValueVnd, sellValueVnd } = flow;
  return [
    buyVolume,
    sellVolume,
    buyValueVnd,
    sellValueVnd,
    buyVolume - sellVolume,
    buyValueVnd - sellValueVnd,
    ...speedCells(speedAt(flow.speed, asOfMs ?? 0)),
    flow.symbols,
  ];
}

function speedCells(speed: Speed | null): Cell[] {
  if (speed === null) return [null, null, null, null];
  return [speed.buy, speed.sell, speed.buyAcceleration, speed.sellAcceleration];
}

/** Per cent with two decimals; null where the feed gives no room, as UPCOM's 0 does. */
function roomUsedPct(total: number | null, current: number | null): number | null {
  if (total === null || current === null || total === 0) return null;
  return Math.round((1 - current / total) * 1e4) / 100;
}
