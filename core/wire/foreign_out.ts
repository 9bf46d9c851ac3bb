import { sectorOf } from "../market/vn30.ts";
import type { FlowField, ForeignField } from "./analytics.ts";
import type { BoardRow, Row } from "./board.ts";
import { difference, type Num, num, rounded, text } from "./cells.ts";

/** Foreign flow: shares, VND, speeds in shares per minute, accelerations in their change a minute. */
export interface FlowOut {
  /** Cumulative of the day. */
  readonly buy_volume: Num;
  readonly sell_volume: Num;
  readonly net_volume: Num;
  readonly buy_value: Num;
  readonly sell_value: Num;
  readonly net_value: Num;
  /** Over the last five minutes. */
  readonly buy_speed: Num;
  readonly sell_speed: Num;
  /** Change of the speed over the last minute. */
  readonly buy_acceleration: Num;
  readonly sell_acceleration: Num;
}

/** Flow of a scope, with the number of securities in it. */
export interface ScopeFlowOut extends FlowOut {
  readonly symbols: number;
}

/** Foreign flow and room of one security. */
export interface ForeignOut extends FlowOut {
  /** Shares that foreigners may own together, and may still buy. */
  readonly total_room: Num;
  readonly current_room: Num;
  /** Per cent of total_room. */
  readonly room_used_pct: Num;
  /** current_room over the net buy speed; null while the room does not shrink. An estimate. */
  readonly room_exhaustion_minutes: Num;
  /** Whether the feed's values are volume times last price; null before the first message. */
  readonly is_approximate: boolean | null;
  /** Exchange time of the last message, `HH:mm:ss`. */
  readonly time: string | null;
}

/** A security in a list of foreign flow. */
export interface ForeignInvestorData extends ForeignOut {
  readonly symbol: string;
  /** Id of its sector; `other` for what is not on the product's list. */
  readonly sector: string;
  /** Change since the message before, shares. */
  readonly buy_delta: Num;
  readonly sell_delta: Num;
}

/** The flow of a scope; null before any message of its members. */
export function flowOut(row: Row<FlowField> | null): ScopeFlowOut | null {
  const symbols = num(row?.symbols);
  return row === null || symbols === null ? null : { ...flowFields(row), symbols };
}

/** The flow of a security; the board row stands in for volumes and room without one. */
export function foreignOut(
  row: Row<ForeignField> | null,
  board: BoardRow | null = null,
): ForeignOut {
  const flow = flowFields(row ?? {});
  const buy_volume = flow.buy_volume ?? num(board?.fBuy);
  const sell_volume = flow.sell_volume ?? num(board?.fSell);
  const current_room = num(row?.room) ?? num(board?.room);
  const total_room = num(row?.totalRoom);
  return {
    ...flow,
    buy_volume,
    sell_volume,
    net_volume: flow.net_volume ?? difference(buy_volume, sell_volume),
    total_room,
    current_room,
    room_used_pct: num(row?.roomUsed),
    // UPCOM's total of 0 says that the feed gives no room, not that none is left.
    room_exhaustion_minutes: total_room === 0
      ? null
      : exhaustionMinutes(current_room, flow.buy_speed, flow.sell_speed),
    is_approximate: typeof row?.approx === "number" ? row.approx === 1 : null,
    time: text(row?.time),
  };
}

/** A row of the table `foreign` as a list shows it. */
export function foreignInvestorData(row: Row<ForeignField>): ForeignInvestorData {
  return {
    symbol: row.symbol,
    sector: sectorOf(row.symbol),
    ...foreignOut(row),
    buy_delta: num(row.buyDelta),
    sell_delta: num(row.sellDelta),
  };
}

/** The room clock: what is left over what foreigners take of it a minute, net of what they give. */
function exhaustionMinutes(room: Num, buySpeed: Num, sellSpeed: Num): Num {
  const shrinking = difference(buySpeed, sellSpeed);
  if (room === null || shrinking === null || shrinking <= 0) return null;
  return rounded(room / shrinking, 1);
}

function flowFields(row: Readonly<Partial<Row<FlowField & ForeignField>>>): FlowOut {
  return {
    buy_volume: num(row.buyVol),
    sell_volume: num(row.sellVol),
    net_volume: num(row.netVol),
    buy_value: num(row.buyVal),
    sell_value: num(row.sellVal),
    net_value: num(row.netVal),
    buy_speed: num(row.buySpeed),
    sell_speed: num(row.sellSpeed),
    buy_acceleration: num(row.buyAccel),
    sell_acceleration: num(row.sellAccel),
  };
}
