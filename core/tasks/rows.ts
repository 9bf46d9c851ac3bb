import type { Change } from "../engine/change.ts";
import { indexRow } from "../engine/index_view.ts";
import { type EngineState, INDICES_MAX } from "../engine/state.ts";
import { boardRow } from "../engine/views.ts";
import type { Universe } from "../feed/startup.ts";
import type { Publisher } from "../hub/publisher.ts";
import type { TableName } from "../wire/board.ts";

/** Indices shown from the start; others join when the feed first names them. */
const INDEX_SEED = ["VNINDEX", "VN30", "HNXINDEX", "HNXUPCOMINDEX", "VN100", "HNX30"];

/** The index whose members are on the board. */
const VN30 = "VN30";

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
  /** Messages of indices that have no row because INDICES_MAX others have one. */
  indicesRefused = 0;
  readonly #dirtySymbols = new Set<string>();
  readonly #dirtyIndices = new Set<string>();

  constructor(engine: EngineState, publisher: Publisher, extra: readonly string[]) {
    this.#engine = engine;
    this.#publisher = publisher;
    this.#extra = extra;
  }

  setUniverse({ vn30, futures }: Universe): void {
    // A symbol given twice, by a setting or by the service, must not stop the board.
    const rows = {
      "board:vn30": [...new Set(vn30)].sort(),
      "board:der": [...new Set(futures)],
      "board:extra": [...new Set(this.#extra)],
    };
    if (JSON.stringify(rows) === JSON.stringify(this.#rows)) return;
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
        const tables = this.#tablesOf.get(change.symbol);
        if (tables === undefined) continue;
        this.#dirtySymbols.add(change.symbol);
        // Its members make the breadth of the index.
        if (tables.includes("board:vn30")) this.#dirtyIndices.add(VN30);
      } else if (change.kind === "index") {
        this.#noteIndex(change.symbol);
      } else if (change.kind === "phase") {
        // The estimate of an index is shown during auctions only.
        for (const id of this.#indices) this.#dirtyIndices.add(id);
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

  /** Rows are for a whole run: ids that came up on earlier days count against the limit too. */
  #noteIndex(id: string): void {
    if (!this.#indices.has(id)) {
      if (this.#indices.size >= INDICES_MAX) {
        this.indicesRefused++;
        return;
      }
      this.#indices.add(id);
      this.#isNew = true;
    }
    this.#dirtyIndices.add(id);
  }

  #allDirty(): void {
    for (const symbol of this.#tablesOf.keys()) this.#dirtySymbols.add(symbol);
    for (const id of this.#indices) this.#dirtyIndices.add(id);
  }
}
