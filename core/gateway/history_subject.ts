import {
  type FuturesContract,
  parseFuturesCode,
  resolveAlias,
  vn30FuturesCode,
} from "../market/futures.ts";
import type { HistoryStore, Reading } from "../port/history.ts";
import { listedContracts } from "../wire/basis_trend.ts";
import type { MarketView } from "../wire/snapshot.ts";

/** Where names are looked up. */
export interface NameSources {
  readonly view: MarketView;
  readonly history: HistoryStore;
  /** The date on which a rolling name of a future is read. */
  readonly date: string;
}

/** What a name in an address means, as the tables write it; null when nobody knows it. */
export type FindName = (name: string, sources: NameSources) => Promise<Reading<string | null>>;

export const findSymbol: FindName = (name, sources) => {
  const future = futureOf(name, sources.date);
  if (future !== null) return findFuture(future, sources);
  const symbol = name.toUpperCase();
  if (!/^[A-Z0-9]{2,20}$/.test(symbol)) return found(null);
  const isLive = sources.view.one("stock", symbol) !== null;
  return isLive ? found(symbol) : sources.history.known("symbol", [symbol]);
};

export const findContract: FindName = (name, sources) => {
  const future = futureOf(name, sources.date);
  return future === null ? found(null) : findFuture(future, sources);
};

export const findIndex: FindName = (name, { view, history }) => {
  if (!/^[A-Za-z0-9_-]{2,32}$/.test(name)) return found(null);
  const upper = name.toUpperCase();
  const shown = view.rows("index").find(({ symbol }) => symbol.toUpperCase() === upper);
  if (shown !== undefined) return found(shown.symbol);
  return history.known("index", [...new Set([name, upper])]);
};

function futureOf(name: string, date: string): FuturesContract | null {
  return resolveAlias(name, date) ?? parseFuturesCode(name);
}

/** A VN30 future has two codes, of which its rows have the one that the feed used. */
function findFuture({ code, underlying, month }: FuturesContract, sources: NameSources) {
  const [year = "", monthOfYear = ""] = month.split("-");
  const codes = underlying === "VN30"
    ? [vn30FuturesCode(Number(year), Number(monthOfYear)), `VN30F${year.slice(2)}${monthOfYear}`]
    : [code];
  const listed = listedContracts(sources.view).find((each) => codes.includes(each));
  return listed === undefined ? sources.history.known("symbol", codes) : found(listed);
}

function found(name: string | null): Promise<Reading<string | null>> {
  return Promise.resolve({ ok: true, value: name });
}
