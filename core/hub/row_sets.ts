import { BOARD_FIELDS } from "../wire/board.ts";
import type { ViewState } from "../wire/bus_message.ts";
import {
  EXCHANGE_BOARDS,
  type ExchangeBoard,
  ROW_SET_NAMES,
  ROW_SETS,
  type RowSetName,
  type TableName,
} from "../wire/channel.ts";
import { type ChannelRows, RowView, WholeTable } from "./channel_rows.ts";
import { GroupRows } from "./group_rows.ts";
import type { VersionedTable } from "./table.ts";

const EXCHANGE = BOARD_FIELDS.indexOf("exchange");

/** What the row sets of one snapshot are made of. */
export interface RowSetSource {
  readonly tables: ReadonlyMap<TableName, VersionedTable>;
  readonly views: readonly ViewState[];
  /** Seq of the tick whose changes the tables may hold already. */
  readonly openSeq: number;
}

/** The rows of the channels with fixed names. */
export class RowSets {
  readonly #rows = new Map<RowSetName, ChannelRows>();
  readonly #boards: GroupRows[] = [];

  /** Takes the place of all rows with those of a new snapshot. */
  reset({ tables, views, openSeq }: RowSetSource): void {
    this.#rows.clear();
    this.#boards.length = 0;
    for (const name of ROW_SET_NAMES) {
      const table = tables.get(ROW_SETS[name])!;
      this.#rows.set(
        name,
        isBoard(name) ? this.#board(table, name, openSeq) : new WholeTable(table),
      );
    }
    for (const { name, symbols } of views) {
      this.#rows.set(name, new RowView(tables.get(ROW_SETS[name])!, symbols));
    }
  }

  /** Follows the tables after each of their changes. */
  look(): void {
    for (const board of this.#boards) board.look();
  }

  /** Null before the first snapshot. */
  of(name: RowSetName): ChannelRows | null {
    return this.#rows.get(name) ?? null;
  }

  #board(table: VersionedTable, name: ExchangeBoard, openSeq: number): ChannelRows {
    const board = new GroupRows(table, { field: EXCHANGE, value: EXCHANGE_BOARDS[name], openSeq });
    this.#boards.push(board);
    return board;
  }
}

function isBoard(name: RowSetName): name is ExchangeBoard {
  return Object.hasOwn(EXCHANGE_BOARDS, name);
}
