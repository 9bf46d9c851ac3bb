import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { TICKER } from "../../core/wire/channel.ts";

/** Securities of a list at most: as many as one question to the server may name. */
export const WATCHLIST_MAX = 100;
const STORAGE_KEY = "watchlist";

/** What a text of an import holds. */
export interface ReadList {
  readonly symbols: readonly string[];
  /** Words of it that are no ticker, or beyond WATCHLIST_MAX. */
  readonly refused: number;
}

/** Reads a list: JSON with strings in it, or tickers between spaces, commas and line ends. */
export function readList(text: string): ReadList {
  const words = new Set(text.toUpperCase().split(/[^\p{L}\p{N}._-]+/u));
  words.delete("");
  const symbols = [...words].filter((word) => TICKER.test(word)).slice(0, WATCHLIST_MAX);
  return { symbols, refused: words.size - symbols.length };
}

/** The reader's own list; it lives in this browser alone. */
export class Watchlist {
  readonly #storage: Storage;
  readonly #symbols: Signal<readonly string[]>;
  /** Symbols of it that the market does not have. */
  readonly unknown: Signal<readonly string[]> = signal([]);
  /** Symbols that the newest change had no room for. */
  readonly leftOut: Signal<readonly string[]> = signal([]);

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#symbols = signal(this.#read());
  }

  get symbols(): ReadonlySignal<readonly string[]> {
    return this.#symbols;
  }

  /** Takes what another page of this browser wrote. */
  reload(): void {
    this.#symbols.value = this.#read();
  }

  /** Puts a security on the list, or takes it off. */
  toggle(symbol: string): void {
    const { value } = this.#symbols;
    if (value.includes(symbol)) this.remove([symbol]);
    else this.add([symbol]);
  }

  /** Puts securities at the end of the list, as far as there is room; `leftOut` tells the others. */
  add(symbols: readonly string[]): void {
    this.#write([...new Set([...this.#symbols.value, ...symbols])]);
  }

  remove(symbols: readonly string[]): void {
    this.#write(this.#symbols.value.filter((symbol) => !symbols.includes(symbol)));
  }

  replace(symbols: readonly string[]): void {
    this.#write(symbols);
  }

  /** Moves a security to the place of another one. */
  moveTo(symbol: string, target: string): void {
    const { value } = this.#symbols;
    const to = value.indexOf(target);
    if (to < 0 || !value.includes(symbol)) return;
    this.#write(value.filter((one) => one !== symbol).toSpliced(to, 0, symbol));
  }

  /** Moves a security by one place. */
  move(symbol: string, by: -1 | 1): void {
    const target = this.#symbols.value[this.#symbols.value.indexOf(symbol) + by];
    if (target !== undefined) this.moveTo(symbol, target);
  }

  #read(): readonly string[] {
    return readList(this.#storage.getItem(STORAGE_KEY) ?? "").symbols;
  }

  #write(all: readonly string[]): void {
    const symbols = all.slice(0, WATCHLIST_MAX);
    this.#storage.setItem(STORAGE_KEY, JSON.stringify(symbols));
    this.#symbols.value = symbols;
    this.leftOut.value = all.slice(WATCHLIST_MAX);
  }
}

let own: Watchlist | null = null;

/** The list of this page's reader, the same for all of its islands. Only in a browser. */
export function ownWatchlist(): Watchlist {
  return own ??= new Watchlist(localStorage);
}
