import type { SimIndex, SimInstrument } from "../exchange/types.ts";
import { tickE2 } from "../market/instrument.ts";
import { formatVnDate } from "../market/time.ts";
import { FUTURES_MULTIPLIER_VND, priceFromE2 } from "../market/units.ts";
import type { MarketFacts } from "./source.ts";

/** A row as SSI writes it: every value a string or null. */
export type RestRow = Readonly<Record<string, string | null>>;

/** A row of Securities. */
export function securityRow(instrument: SimInstrument): RestRow {
  return {
    Market: instrument.exchange,
    Symbol: instrument.symbol,
    StockName: instrument.nameVi,
    StockEnName: instrument.nameEn,
  };
}

const SEC_TYPES = { stock: "S", etf: "EF", warrant: "CW", future: "FU" } as const;

/** An entry of RepeatedInfo in SecuritiesDetails; `ExcerciseRatio` is spelt as on the wire. */
export function detailRow(instrument: SimInstrument): RestRow {
  const isFuture = instrument.kind === "future";
  const last = instrument.lastTradingDate === null ? "" : formatVnDate(instrument.lastTradingDate);
  return {
    Isin: null,
    Symbol: instrument.symbol,
    SymbolName: instrument.nameVi,
    SymbolEngName: instrument.nameEn,
    SecType: SEC_TYPES[instrument.kind],
    MarketId: instrument.exchange,
    Exchange: instrument.exchange,
    Issuer: null,
    LotSize: String(instrument.lotSize),
    IssueDate: "",
    MaturityDate: last,
    FirstTradingDate: "",
    LastTradingDate: last,
    ContractMultiplier: isFuture ? String(FUTURES_MULTIPLIER_VND) : "0",
    SettlMethod: isFuture ? "C" : "P",
    Underlying: isFuture ? "VN30" : null,
    PutOrCall: null,
    ExercisePrice: "0",
    ExerciseStyle: "",
    ExcerciseRatio: "0",
    ListedShare: String(instrument.listedShares),
    ...tickTable(instrument),
  };
}

/** The row of SecuritiesDetails that wraps a page. */
export function detailsPage(day: MarketFacts, total: number, rows: readonly RestRow[]) {
  return {
    RType: "y",
    ReportDate: formatVnDate(day.date),
    TotalNoSym: String(total),
    RepeatedInfo: rows,
  };
}

/** The row of IndexComponents; `Isin` holds the ticker. */
export function componentsRow(index: SimIndex) {
  return {
    IndexCode: index.id,
    IndexName: index.name,
    Exchange: index.exchange,
    TotalSymbolNo: String(index.members.length),
    IndexComponent: index.members.map((symbol) => ({ Isin: symbol, StockSymbol: symbol })),
  };
}

/** A row of IndexList. */
export function indexRow(index: SimIndex): RestRow {
  return { IndexCode: index.id, IndexName: index.name, Exchange: index.exchange };
}

/** Four steps of price and increment; those that do not apply are null. */
function tickTable({ exchange, kind }: SimInstrument): RestRow {
  const board = exchange === "DER" ? "DERIVATIVES" : exchange;
  const fromVnd = board === "HOSE" && kind === "stock" ? [0, 10_000, 50_000] : [0];
  const row: Record<string, string | null> = {};
  for (const n of [1, 2, 3, 4]) {
    const price = fromVnd[n - 1];
    row[`TickPrice${n}`] = price === undefined ? null : String(price);
    row[`TickIncrement${n}`] = price === undefined
      ? null
      : String(priceFromE2(tickE2(board, kind, price * 100)));
  }
  return row;
}
