import type { Cell } from "./board.ts";
import { isoVn, type MarketView } from "./snapshot.ts";
import { type DataStatus, dataStatus } from "./status.ts";

type Num = number | null;

/** Foreign flow of many securities together; volumes shares, values VND, speeds shares per minute. */
export interface FlowOut {
  readonly total_buy_volume: Num;
  readonly total_sell_volume: Num;
  readonly total_net_volume: Num;
  readonly total_buy_value: Num;
  readonly total_sell_value: Num;
  readonly total_net_value: Num;
  readonly buy_speed: Num;
  readonly sell_speed: Num;
  readonly buy_acceleration: Num;
  readonly sell_acceleration: Num;
}

/** One of the securities that foreigners bought or sold most of, net. */
export interface ForeignMover {
  readonly symbol: string;
  readonly net_volume: number;
  readonly net_value: Num;
}

/** Foreign flow of the VN30 members, by sector, and of the whole market by board. */
export interface ForeignSummary extends FlowOut {
  readonly scope: "vn30";
  readonly top_buy: readonly ForeignMover[];
  readonly top_sell: readonly ForeignMover[];
  readonly sectors: readonly ({ readonly sector: string } & FlowOut)[];
  readonly market: Readonly<Record<"ALL" | "HOSE" | "HNX" | "UPCOM", FlowOut>>;
  readonly as_of: string | null;
  readonly seq: number;
  readonly epoch: string;
  readonly data_status: DataStatus;
}

const TOP = 5;
const SECTOR = "sector:";

/** Builds the summary from a view. */
export function foreignSummary(view: MarketView): ForeignSummary {
  const members = view.rows("board:vn30").map(({ symbol }) => view.one("foreign", symbol));
  const movers = members.flatMap((row) =>
    row === null || typeof row.netVol !== "number"
      ? []
      : [{ symbol: row.symbol, net_volume: row.netVol, net_value: num(row.netVal) }]
  ).sort((a, b) => b.net_volume - a.net_volume);
  const flow = (scope: string) => flowOut(view.one("flow", scope) ?? {});
  return {
    scope: "vn30",
    ...flow("VN30"),
    top_buy: movers.filter(({ net_volume }) => net_volume > 0).slice(0, TOP),
    top_sell: movers.filter(({ net_volume }) => net_volume < 0).reverse().slice(0, TOP),
    sectors: view.all("flow").filter(({ symbol }) => symbol.startsWith(SECTOR)).map((row) => ({
      sector: row.symbol.slice(SECTOR.length),
      ...flowOut(row),
    })),
    market: { ALL: flow("ALL"), HOSE: flow("HOSE"), HNX: flow("HNX"), UPCOM: flow("UPCOM") },
    as_of: isoVn(view.asOfMs),
    seq: view.seq,
    epoch: view.epoch,
    data_status: dataStatus(view.status),
  };
}

function flowOut(row: Readonly<Record<string, Cell | undefined>>): FlowOut {
  return {
    total_buy_volume: num(row.buyVol),
    total_sell_volume: num(row.sellVol),
    total_net_volume: num(row.netVol),
    total_buy_value: num(row.buyVal),
    total_sell_value: num(row.sellVal),
    total_net_value: num(row.netVal),
    buy_speed: num(row.buySpeed),
    sell_speed: num(row.sellSpeed),
    buy_acceleration: num(row.buyAccel),
    sell_acceleration: num(row.sellAccel),
  };
}

function num(cell: Cell | undefined): Num {
  return typeof cell === "number" ? cell : null;
}
