import {
  type ChannelName,
  isLogChannel,
  type LogChannel,
  type StateChannel,
} from "../wire/channel.ts";
import type { ChannelRows } from "./channel_rows.ts";
import { filteredRows } from "./filtered_rows.ts";
import type { Replica } from "./replica.ts";

/** One channel as a cohort gets it: all of its rows, or those of some symbols. */
export class ChannelFeed {
  readonly name: ChannelName;
  /** Tells it from every other feed of the hub. */
  readonly key: string;
  readonly #replica: Replica;
  readonly #symbols: ReadonlySet<string> | null;
  #filtered: { readonly of: ChannelRows; readonly rows: ChannelRows } | null = null;

  /** `filter` is a list of symbols separated by commas; "" for all. */
  constructor(replica: Replica, name: ChannelName, filter: string) {
    this.#replica = replica;
    this.name = name;
    this.key = filter === "" ? name : `${name} ${filter}`;
    this.#symbols = filter === "" || isLogChannel(name) ? null : new Set(filter.split(","));
  }

  /** Position of a client that has everything; null before the first snapshot. */
  position(): number | null {
    if (this.#symbols === null) return this.#replica.position(this.name);
    return this.rows()?.seq ?? null;
  }

  /** Rows of a channel of state; null before the first snapshot. */
  rows(): ChannelRows | null {
    const rows = this.#replica.rows(this.name as StateChannel);
    if (this.#symbols === null || rows === null) return rows;
    // A new snapshot brings new rows.
    if (this.#filtered?.of !== rows) {
      this.#filtered = { of: rows, rows: filteredRows(rows, this.#symbols) };
    }
    return this.#filtered.rows;
  }

  /** The log behind a channel of entries, or null. */
  get log(): LogChannel | null {
    return isLogChannel(this.name) ? this.name : null;
  }
}
