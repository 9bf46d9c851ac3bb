import type { Change } from "../engine/change.ts";
import type { EngineState } from "../engine/state.ts";
import { boardRow, indexRow } from "../engine/views.ts";
import type { Universe } from "../feed/startup.ts";
import type { Publisher } from "../hub/publisher.ts";
import type { TableName } from "../wire/board.ts";

/** Indices shown from the start; others join when the feed first names them. */
const INDEX_SEED = ["VNINDEX", "VN30", "HNXINDEX", "HNXUPCOMINDEX", "VN100", "HNX30"];

/** Decides which symbol is a row of which table, and puts rows that changed into the publisher. */
export class BoardRows {
  readonly #engine: EngineState;
  readonly #publisher: Publisher;
  readonly #extra: readonly string[];
  /** Tables of each board symbol: one, or two when an extra symbol is a member as well. */
  #tablesOf = new Map<string, TableName[]>();
  #indices = new Set(INDEX_SEED);
  #rows: Partial<Record<TableName, readonly string[]>> = {};
  #isNew = true;
  readonly #dirtySymbols = new Set<string>();
  readonly #dirtyIndices = new Set<string>();

  constructor(engine: EngineState, publisher: Publisher, extra: readonly string[]) {
    this.#engine = engine;
    this.#publisher = publisher;
    this.#extra = extra;
  }

  setUniverse({ vn30, futures }: Universe): void {
    const rows = {
      "board:vn30": [...vn30].sort(),
      "board:der": futures,
      "board:extra": this.#extra,
    };
    if (JSON.stringify(rows) === JSON.stringify({ ...this.#rows, index: undefined })) return;
    this.#rows = rows;
    this.#tablesOf = new Map();
    for (const [table, symbols] of Object.entries(rows) as [TableName, readonly string[]][]) {
      for (const symbol of symbols) {
        this.#tablesOf.set(symbol, [...this.#tablesOf.get(symbol) ?? [], table]);
      }
    }
    this.#isNew = true;
  }

  /** Remembers what a step changed; symbols that are on no table cost nothing. */
  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === "instrument") {
        if (this.#tablesOf.has(change.symbol)) this.#dirtySymbols.add(change.symbol);
      } else if (change.kind === "index") {
        if (!this.#indices.has(change.symbol)) {
          this.#indices.add(change.symbol);
          this.#isNew = true;
        }
        this.#dirtyIndices.add(change.symbol);
      } else if (change.kind === "day") {
        this.#allDirty();
      }
    }
  }

  /** Whether the set of rows differs from what the running epoch numbers. */
  needNewEpoch(): boolean {
    return this.#isNew;
  }

  startEpoch(epoch: string): void {
    this.#isNew = false;
    this.#publisher.setRows({ ...this.#rows, index: [...this.#indices] }, epoch);
    this.#allDirty();
  }

  publishDirty(): void {
    for (const symbol of this.#dirtySymbols) {
      const cells = boardRow(this.#engine, symbol);
      for (const table of this.#tablesOf.get(symbol) ?? []) {
        this.#publisher.put(table, symbol, cells);
      }
    }
    for (const id of this.#dirtyIndices) {
      this.#publisher.put("index", id, indexRow(this.#engine, id));
    }
    this.#dirtySymbols.clear();
    this.#dirtyIndices.clear();
  }

  #allDirty(): void {
    for (const symbol of this.#tablesOf.keys()) this.#dirtySymbols.add(symbol);
    for (const id of this.#indices) this.#dirtyIndices.add(id);
  }
}
