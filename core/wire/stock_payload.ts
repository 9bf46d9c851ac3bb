import type { ForeignField, VolumeField } from "./analytics.ts";
import type { Cell, Row } from "./board.ts";
import { timeOfDay } from "./index_payload.ts";
import {
  isoVn,
  type MarketView,
  type PriceOut,
  priceOut,
  type QuoteOut,
  quoteOut,
} from "./snapshot.ts";
import { type DataStatus, dataStatus } from "./status.ts";

type Num = number | null;

/** Foreign flow of one security since the open; speeds in shares per minute. */
export interface StockForeign {
  readonly buy_volume: Num;
  readonly sell_volume: Num;
  readonly net_volume: Num;
  readonly buy_value: Num;
  readonly sell_value: Num;
  readonly net_value: Num;
  readonly current_room: Num;
  readonly total_room: Num;
  readonly buy_speed: Num;
  readonly sell_speed: Num;
  readonly buy_acceleration: Num;
  readonly sell_acceleration: Num;
}

/** Active volumes of one security; `missing_volume` is known to have traded without its trades. */
export interface StockVolume {
  readonly mua_chu_dong_volume: Num;
  readonly ban_chu_dong_volume: Num;
  readonly neutral_volume: Num;
  readonly total_volume: Num;
  readonly missing_volume: Num;
}

/** A message of `/ws/stocks/{ticker}`. */
export interface StockPayload {
  readonly type: "stock";
  readonly ticker: string;
  /** Exchange time of the last change of this security. */
  readonly timestamp: string | null;
  readonly data: {
    readonly quote: QuoteOut;
    readonly price: PriceOut;
    readonly foreign: StockForeign;
    readonly volume: StockVolume;
  };
  readonly as_of: string | null;
  readonly seq: number;
  readonly epoch: string;
  readonly data_status: DataStatus;
}

/** Builds the message from a view; null for a security that it does not have. */
export function stockPayload(view: MarketView, ticker: string): StockPayload | null {
  const row = view.one("stock", ticker);
  if (row === null) return null;
  return {
    type: "stock",
    ticker,
    timestamp: timeOfDay(view, row.time),
    data: {
      quote: quoteOut(row),
      price: priceOut(row),
      foreign: foreignOut(view.one("foreign", ticker) ?? { symbol: ticker }),
      volume: volumeOut(view.one("volume", ticker) ?? { symbol: ticker }),
    },
    as_of: isoVn(view.asOfMs),
    seq: view.seq,
    epoch: view.epoch,
    data_status: dataStatus(view.status),
  };
}

function foreignOut(row: Row<ForeignField>): StockForeign {
  return {
    buy_volume: num(row.buyVol),
    sell_volume: num(row.sellVol),
    net_volume: num(row.netVol),
    buy_value: num(row.buyVal),
    sell_value: num(row.sellVal),
    net_value: num(row.netVal),
    current_room: num(row.room),
    total_room: num(row.totalRoom),
    buy_speed: num(row.buySpeed),
    sell_speed: num(row.sellSpeed),
    buy_acceleration: num(row.buyAccel),
    sell_acceleration: num(row.sellAccel),
  };
}

function volumeOut(row: Row<VolumeField>): StockVolume {
  return {
    mua_chu_dong_volume: num(row.buy),
    ban_chu_dong_volume: num(row.sell),
    neutral_volume: num(row.none),
    total_volume: num(row.total),
    missing_volume: num(row.missing),
  };
}

function num(cell: Cell | undefined): Num {
  return typeof cell === "number" ? cell : null;
}
