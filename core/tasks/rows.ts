import type { Change } from "../engine/change.ts";
import { type CarryTerms, derivativeRow } from "../engine/derivative_view.ts";
import { FLOW_SCOPES, flowRow, foreignRow } from "../engine/foreign_view.ts";
import { limitRow } from "../engine/limit_view.ts";
import { logFrom, logNext } from "../engine/logs.ts";
import { type EngineState, INDICES_MAX } from "../engine/state.ts";
import { indexRow } from "../engine/index_view.ts";
import { tradeEntry, voidEntry } from "../engine/trade_view.ts";
import { boardRow, bookRow } from "../engine/views.ts";
import { volumeRow } from "../engine/volume_view.ts";
import type { Universe } from "../feed/startup.ts";
import type { Publisher } from "../hub/publisher.ts";
import type { BookLevel } from "../market/event.ts";
import { LOG_NAMES, type LogName } from "../wire/log.ts";
import { rowSets, type Views } from "./row_sets.ts";

/** Indices shown from the start; others join when the feed first names them. */
const INDEX_SEED = ["VNINDEX", "VN30", "HNXINDEX", "HNXUPCOMINDEX", "VN100", "HNX30"];

/** The index whose members are on the board. */
const VN30 = "VN30";

/** What the operator says about rows. */
export interface RowSettings {
  readonly extraSymbols: readonly string[];
  readonly carry: CarryTerms;
}

/** Decides which symbol is a row of which table, and puts rows that changed into the publisher. */
export class BoardRows {
  readonly #engine: EngineState;
  readonly #publisher: Publisher;
  readonly #settings: RowSettings;
  #views: Views = { vn30: [], futures: [], extra: [] };
  #members: ReadonlySet<string> = new Set();
  #indices = new Set<string>();
  /** Futures that the engine knows, by index: four contracts and their old codes each. */
  readonly #futures = new Map<string, Set<string>>();
  #isNew = true;
  /** Number up to which each log was handed on. */
  readonly #told = new Map<LogName, number>();
  /**
   * Securities that this and the last trading day spoke of: those of the last one keep a row, so that
   * a page of theirs lives through the night. Two days of the engine's symbolsMax at most.
   */
  #symbols = new Set<string>();
  #lastSymbols = new Set<string>();
  readonly #dirtySymbols = new Set<string>();
  readonly #dirtyForeign = new Set<string>();
  /** Securities at a limit for which nothing but time went on. */
  readonly #dirtyLimits = new Set<string>();
  readonly #dirtyIndices = new Set<string>();
  /** Indices whose futures have something new, their siblings included. */
  readonly #dirtyUnderlyings = new Set<string>();
  #isFlowDirty = false;
  /** Bids of each book as last put; every message of a book brings a new list. */
  readonly #bids = new Map<string, readonly BookLevel[] | null>();
  /** Messages of indices that have no row because INDICES_MAX others have one. */
  indicesRefused = 0;
  /** Rows that a full table did not take. */
  rowsRefused = 0;

  constructor(engine: EngineState, publisher: Publisher, settings: RowSettings) {
    this.#engine = engine;
    this.#publisher = publisher;
    this.#settings = settings;
  }

  setUniverse({ vn30, futures }: Universe): void {
    // A symbol given twice, by a setting or by the service, must not stop the board.
    const views = {
      vn30: [...new Set(vn30)].sort(),
      futures: [...new Set(futures)],
      extra: [...new Set(this.#settings.extraSymbols)],
    };
    if (JSON.stringify(views) === JSON.stringify(this.#views)) return;
    this.#views = views;
    this.#members = new Set(views.vn30);
    this.#isNew = true;
  }

  /** Remembers what a step changed. */
  note(changes: readonly Change[]): void {
    for (const change of changes) {
      switch (change.kind) {
        case "instrument":
        case "basis":
          this.#noteInstrument(change.symbol);
          break;
        case "trade":
          this.#publisher.trade(change.symbol, tradeEntry(change));
          break;
        case "rebase":
          this.#publisher.trade(change.symbol, voidEntry(change));
          break;
        case "foreign":
          this.#dirtyForeign.add(change.symbol);
          this.#dirtySymbols.add(change.symbol);
          this.#isFlowDirty = true;
          break;
        case "limit":
          this.#dirtyLimits.add(change.symbol);
          break;
        case "index":
          this.#noteIndex(change.symbol);
          break;
        case "phase":
          // The estimate of an index is shown during auctions only.
          for (const id of this.#indices) this.#dirtyIndices.add(id);
          break;
        case "reference":
        case "archive":
          this.#allDirty();
          break;
        case "day":
          // Rows of the last day are gone from the engine, and logs begin anew.
          this.#isNew = true;
          this.#publisher.beginDay();
          this.#lastSymbols = this.#symbols;
          this.#symbols = new Set();
      }
    }
  }

  /** Whether rows or logs differ from what the running epoch numbers. */
  needNewEpoch(): boolean {
    return this.#isNew;
  }

  startEpoch(name: string): void {
    this.#isNew = false;
    const { indices, tradingDate } = this.#engine.market;
    this.#indices = new Set([...INDEX_SEED, ...indices.keys()].slice(0, INDICES_MAX));
    this.#told.clear();
    this.#futures.clear();
    this.#bids.clear();
    this.#publisher.setRows(rowSets(this.#views, this.#indices), { name, tradingDate });
    // What is marked may be of a day that is gone.
    this.#clearDirty();
    this.#allDirty();
  }

  publishDirty(): void {
    for (const symbol of this.#dirtySymbols) this.#putSymbol(symbol);
    for (const symbol of this.#dirtyForeign) {
      this.#put("foreign", symbol, foreignRow(this.#engine, symbol));
    }
    for (const symbol of this.#dirtyLimits) this.#putLimit(symbol);
    for (const id of this.#dirtyIndices) {
      this.#put("index", id, indexRow(this.#engine, id));
    }
    if (this.#isFlowDirty) this.#putFlow();
    for (const underlying of this.#dirtyUnderlyings) this.#putFutures(underlying);
    this.#clearDirty();
    this.#putEntries();
  }

  #putSymbol(symbol: string): void {
    const instrument = this.#engine.market.instruments.get(symbol);
    this.#put("stock", symbol, boardRow(this.#engine, symbol));
    this.#putBook(symbol, instrument?.bids ?? null);
    // A checkpoint holds the count and not the trades.
    if (instrument !== undefined) this.#publisher.countTrades(symbol, instrument.tradeEntries);
    if (instrument !== undefined && instrument.limit !== null) this.#putLimit(symbol);
    const hasTraded = (instrument?.totalVolume ?? null) !== null;
    if (!hasTraded && !this.#publisher.has("volume", symbol)) return;
    this.#put("volume", symbol, volumeRow(this.#engine, symbol));
  }

  #putBook(symbol: string, bids: readonly BookLevel[] | null): void {
    if (this.#bids.get(symbol) === bids) return;
    this.#bids.set(symbol, bids);
    this.#put("book", symbol, bookRow(this.#engine, symbol));
  }

  #putLimit(symbol: string): void {
    this.#put("limits", symbol, limitRow(this.#engine, symbol));
  }

  #putFlow(): void {
    for (const scope of FLOW_SCOPES) {
      this.#put("flow", scope, flowRow(this.#engine, scope));
    }
  }

  #putFutures(underlying: string): void {
    for (const symbol of this.#futuresOf(underlying)) {
      const cells = derivativeRow(this.#engine, symbol, this.#settings.carry);
      this.#put("derivatives", symbol, cells);
    }
  }

  #putEntries(): void {
    for (const name of LOG_NAMES) {
      const next = logNext(this.#engine, name);
      const told = this.#told.get(name) ?? 0;
      if (next === told) continue;
      this.#publisher.append(logFrom(this.#engine, name, told));
      this.#told.set(name, next);
    }
  }

  #put(...[name, symbol, cells]: Parameters<Publisher["put"]>): void {
    if (!this.#publisher.put(name, symbol, cells)) this.rowsRefused++;
  }

  #noteInstrument(symbol: string): void {
    this.#symbols.add(symbol);
    this.#dirtySymbols.add(symbol);
    // Its members make the breadth of the index.
    if (this.#members.has(symbol)) this.#dirtyIndices.add(VN30);
    const underlying = this.#engine.market.instruments.get(symbol)?.underlying ?? null;
    if (underlying === null) return;
    this.#futuresOf(underlying).add(symbol);
    // Which contract is the active one, and the spread to the next, show on its siblings too.
    this.#dirtyUnderlyings.add(underlying);
  }

  #noteIndex(id: string): void {
    if (!this.#indices.has(id)) {
      if (this.#indices.size >= INDICES_MAX) {
        this.indicesRefused++;
        return;
      }
      this.#indices.add(id);
    }
    this.#dirtyIndices.add(id);
    if (this.#futures.has(id)) this.#dirtyUnderlyings.add(id);
  }

  #futuresOf(underlying: string): Set<string> {
    let futures = this.#futures.get(underlying);
    if (futures === undefined) this.#futures.set(underlying, futures = new Set());
    return futures;
  }

  #clearDirty(): void {
    this.#dirtySymbols.clear();
    this.#dirtyForeign.clear();
    this.#dirtyLimits.clear();
    this.#dirtyIndices.clear();
    this.#dirtyUnderlyings.clear();
    this.#isFlowDirty = false;
  }

  #allDirty(): void {
    const { vn30, futures, extra } = this.#views;
    const { instruments } = this.#engine.market;
    for (const symbol of [...vn30, ...futures, ...extra, ...this.#lastSymbols]) {
      this.#dirtySymbols.add(symbol);
    }
    for (const { symbol, foreign } of instruments.values()) {
      this.#noteInstrument(symbol);
      if (foreign !== null) this.#dirtyForeign.add(symbol);
    }
    for (const id of this.#indices) this.#dirtyIndices.add(id);
    this.#isFlowDirty = true;
  }
}
