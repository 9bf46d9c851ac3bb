import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { HistoryKey, HistoryRange } from "../port/history.ts";

/** Where a list goes on: behind a row, in the range that the first page had. */
export interface Cursor {
  readonly key: HistoryKey;
  /** As the first request had it, on the day of that request. */
  readonly range: HistoryRange;
}

const SEAL_BYTES = 16;

/**
 * Cursors of one query on one database: a text that holds the place and a seal over it, the query
 * and the database. It survives a restart; with another query or database, or changed, it is none.
 */
export class Cursors {
  readonly #database: string;
  readonly #query: string;

  constructor(database: string, query: readonly string[]) {
    this.#database = database;
    this.#query = JSON.stringify(query);
  }

  write({ key, range: { fromDate, toDate, fromMs, untilMs } }: Cursor): string {
    return this.#sealed(JSON.stringify([key.date, key.n, fromDate, toDate, fromMs, untilMs]));
  }

  /** Null for anything that `write` has not given for an equal query. */
  read(text: string): Cursor | null {
    const place = Buffer.from(text.split(".")[0]!, "base64url").toString();
    const [given, ours] = [Buffer.from(text), Buffer.from(this.#sealed(place))];
    if (given.length !== ours.length || !timingSafeEqual(given, ours)) return null;
    const [date, n, fromDate, toDate, fromMs, untilMs] = JSON.parse(place);
    return { key: { date, n }, range: { fromDate, toDate, fromMs, untilMs } };
  }

  #sealed(place: string): string {
    const hmac = createHmac("sha256", `vnstock history cursor ${this.#database}`);
    const seal = hmac.update(`${this.#query}\n${place}`).digest().subarray(0, SEAL_BYTES);
    return `${Buffer.from(place).toString("base64url")}.${seal.toString("base64url")}`;
  }
}
