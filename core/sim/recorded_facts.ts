import type { EngineState } from "../engine/state.ts";
import type { SimDay, SimInstrument } from "../exchange/types.ts";
import { parseFuturesCode } from "../market/futures.ts";
import { indexBoard } from "../market/index_board.ts";
import { lotSize } from "../market/instrument.ts";
import type { Exchange } from "../market/phase.ts";
import type { MarketFacts } from "./source.ts";

/** What a recorded day tells of its securities and indices; plain data, to be posted to a worker. */
export type RecordedListing = Pick<SimDay, "date" | "instruments" | "indices">;

/**
 * The listing that an engine was told of: by the reference events of the journal, and the boards by
 * its frames. A security of which no frame spoke stands on HOSE.
 */
export function recordedListing(date: string, engine: EngineState): RecordedListing {
  const { members, shares, watch } = engine.reference;
  const board = (symbol: string) => engine.market.instruments.get(symbol)?.exchange ?? "HOSE";
  const futures = [...watch].filter((symbol) => parseFuturesCode(symbol) !== null);
  return {
    date,
    instruments: [
      ...[...shares].map(([symbol, count]) => security(symbol, board(symbol), count)),
      ...futures.map(future),
    ],
    indices: [...members].map(([id, symbols]) => ({
      id,
      name: id,
      exchange: indexBoard(id) === "HOSE" ? "HOSE" : "HNX",
      members: symbols,
    })),
  };
}

/** A recorded listing as REST tells of it; the journal holds no history of other days. */
export function recordedFacts(listing: RecordedListing): MarketFacts {
  return { ...listing, figures: () => null, hasFigures: () => false };
}

function security(symbol: string, board: Exchange, listedShares: number): SimInstrument {
  const exchange = board === "DERIVATIVES" ? "DER" : board;
  // The journal knows neither names nor kinds; the application then shows no name.
  const unknown = { kind: "stock", nameVi: "", nameEn: "", lastTradingDate: null } as const;
  return { symbol, exchange, listedShares, lotSize: lotSize("stock"), ...unknown };
}

function future(symbol: string): SimInstrument {
  return {
    symbol,
    exchange: "DER",
    kind: "future",
    nameVi: "",
    nameEn: "",
    listedShares: 0,
    lotSize: lotSize("future"),
    lastTradingDate: parseFuturesCode(symbol)!.lastTradingDate,
  };
}
