import type { Cell } from "../wire/board.ts";
import type { ChannelRows } from "./channel_rows.ts";
import type { VersionedTable } from "./table.ts";

/** A row with one property per field of its table. */
export type RowObject = { readonly symbol: string } & Readonly<Record<string, Cell>>;

/** Rows of a table as objects, each made again only after it changed. */
export class RowObjects {
  readonly #table: VersionedTable;
  readonly #fields: readonly string[];
  readonly #made: { readonly seq: number; readonly object: RowObject }[] = [];
  /** Lists as last given, by channel. */
  readonly #lists = new Map<
    string,
    { readonly seq: number; readonly list: readonly RowObject[] }
  >();

  constructor(table: VersionedTable, fields: readonly string[]) {
    this.#table = table;
    this.#fields = fields;
  }

  /** The row under a number of the table. */
  row(row: number): RowObject {
    const seq = this.#table.rowSeq(row);
    const held = this.#made[row];
    if (held?.seq === seq) return held.object;
    const object: Record<string, Cell> = { symbol: this.#table.symbols[row]! };
    const cells = this.#table.row(row);
    this.#fields.forEach((field, at) => object[field] = cells[at]!);
    this.#made[row] = { seq, object: object as RowObject };
    return object as RowObject;
  }

  /** All rows of a channel; the same list as long as none of them changed. */
  list(channel: string, { seq, rows, symbols }: ChannelRows): readonly RowObject[] {
    const held = this.#lists.get(channel);
    if (held?.seq === seq && held.list.length === symbols.length) return held.list;
    const list = symbols.map((_, at) => this.row(rows?.[at] ?? at));
    this.#lists.set(channel, { seq, list });
    return list;
  }
}
