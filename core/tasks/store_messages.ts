import type { JournalPlace, StoreBatch } from "../port/store.ts";

/** What the engine side tells the store, in order, over a port of their own. */
export type StoreMessage =
  | RowsMessage
  /** Nothing follows: the engine side stops. */
  | { readonly kind: "end" };

/** What the writer takes of it. */
export type RowsMessage =
  | StoreHello
  | { readonly kind: "batch"; readonly batch: StoreBatch; readonly rows: number };

/** The first message of a port: where the journal stands, from which rows follow. */
export interface StoreHello {
  readonly kind: "hello";
  /** Name of a simulated market that began with us: stored rows of any other one are not of it. */
  readonly market: string | null;
  /** Null before the first message of a day, and while the journal takes nothing. */
  readonly place: (JournalPlace & { readonly tradingDate: string }) | null;
}

/** What the store answers: so many rows of the batches are committed, or given up for the journal. */
export interface StoreSettled {
  readonly kind: "settled";
  readonly rows: number;
}
