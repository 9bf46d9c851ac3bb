import { signal } from "@preact/signals";
import type { StateChannel } from "../../core/wire/channel.ts";
import type { SnapshotFrame } from "../../core/wire/frames.ts";
import type { LiveLink } from "../live/link.ts";
import { type PageClient, pageClient } from "../live/page_client.ts";
import { BoardPainter, type PainterSetup } from "./board_painter.ts";
import { TABS } from "./board_tabs.ts";
import { PathLoader } from "./path_loader.ts";
import { Watchlist } from "./watchlist.ts";

/** Fired at the document with a symbol: a line of the board is wanted in sight, with the focus. */
export const SHOW_EVENT = "board:show";

/** The live board of a page: its channels, its reader's list, and the painter of both. */
export class BoardSession {
  readonly watchlist = new Watchlist(localStorage);
  readonly painter: BoardPainter;
  /** Symbols of the reader's list that the market does not have. */
  readonly unknown = signal<readonly string[]>([]);
  readonly #client: PageClient;
  readonly #setup: PainterSetup;
  readonly #ends: (() => void)[] = [];
  /** The subscription to the reader's list, and its symbols in order of the alphabet. */
  #endList = () => {};
  #followed = "";

  constructor(link: LiveLink, setup: PainterSetup) {
    this.#client = pageClient(link);
    this.#setup = setup;
    const { watchlist } = this;
    const loader = new PathLoader({
      missing: () => this.painter.pathsMissing,
      take: (paths) => this.painter.addPaths(paths),
    });
    this.painter = new BoardPainter(document, setup, {
      onPin: (symbol) => watchlist.toggle(symbol),
      onMove: (symbol, by) => watchlist.move(symbol, by),
      onDrop: (symbol, target) => watchlist.moveTo(symbol, target),
      // What an earlier minute does not show, the server has no words for.
      onLines: () => this.#client.at.peek() === null && loader.ask(),
    });
    this.#ends.push(() => loader.close());
    this.#followTables();
    this.#ends.push(
      this.#client.isPaused.subscribe((isPaused) => this.painter.pause(isPaused)),
      watchlist.symbols.subscribe((symbols) => this.#take(symbols)),
    );
    this.#listen();
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#endList();
    this.painter.stop();
  }

  #followTables(): void {
    const { tab, seeds } = this.#setup;
    const { channel, isLarge } = TABS[tab];
    for (const { c, e, s } of seeds) {
      // Of a large board the HTML has only a part, so nothing follows from where it stands.
      if (c === channel && isLarge) this.#ends.push(this.#follow(c, {}));
      else this.#ends.push(this.#follow(c, { from: { e, s } }));
    }
  }

  #follow(channel: StateChannel, wish: Parameters<PageClient["follow"]>[2]): () => void {
    return this.#client.follow(channel, {
      onSnapshot: (frame) => this.#snapshot(frame),
      onDelta: (frame) => this.painter.delta(frame),
    }, wish);
  }

  #snapshot(frame: SnapshotFrame): void {
    this.painter.snapshot(frame);
    if (this.#setup.tab !== "watch" || frame.c !== "market") return;
    const known = new Set(frame.y);
    this.unknown.value = this.watchlist.symbols.value.filter((symbol) => !known.has(symbol));
  }

  /** Marks the reader's list on the board; where the board is that list, asks for its rows. */
  #take(symbols: readonly string[]): void {
    this.painter.view.setPins(symbols);
    const followed = symbols.toSorted().join();
    if (this.#setup.tab !== "watch" || followed === this.#followed) return;
    this.#followed = followed;
    this.#endList();
    this.#endList = () => {};
    if (symbols.length === 0) {
      const nothing = { e: "", s: 0, t: null, y: [], v: [] };
      return this.#snapshot({ k: "s", c: "market", ...nothing });
    }
    this.#endList = this.#follow("market", { syms: symbols });
  }

  #listen(): void {
    const listeners = new AbortController();
    const { signal } = listeners;
    addEventListener("storage", () => this.watchlist.reload(), { signal });
    document.addEventListener(SHOW_EVENT, (event) => {
      const head = this.painter.view.show((event as CustomEvent<string>).detail);
      if (head === null) return;
      head.focus();
      event.preventDefault();
    }, { signal });
    this.#ends.push(() => listeners.abort());
  }
}
