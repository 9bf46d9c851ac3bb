import type { StateChannel } from "../../core/wire/channel.ts";
import type { SnapshotFrame } from "../../core/wire/frames.ts";
import type { LiveLink } from "../live/link.ts";
import { type PageClient, pageClient } from "../live/page_client.ts";
import { BoardPainter, type PainterSetup } from "./board_painter.ts";
import { TABS } from "./board_tabs.ts";
import { onShowWish } from "./show_event.ts";
import { ownWatchlist } from "./watchlist.ts";

/** Ms without scrolling after which prices of the day are asked for. */
const QUIET_MS = 150;

/** The live board of a page: its channels, its reader's list, and the painter of both. */
export class BoardSession {
  readonly painter: BoardPainter;
  readonly #watchlist = ownWatchlist();
  readonly #link: LiveLink;
  readonly #client: PageClient;
  readonly #setup: PainterSetup;
  readonly #ends: (() => void)[] = [];
  readonly #left = new AbortController();
  #pathTimer: ReturnType<typeof setTimeout> | undefined;
  #isAskingPaths = false;
  /** The subscription to the reader's list, and its symbols in order of the alphabet. */
  #endList = () => {};
  #followed = "";

  constructor(link: LiveLink, setup: PainterSetup) {
    this.#link = link;
    this.#client = pageClient(link);
    this.#setup = setup;
    const watchlist = this.#watchlist;
    this.painter = new BoardPainter(document, setup, {
      onPin: (symbol) => watchlist.toggle(symbol),
      onMove: (symbol, by) => watchlist.move(symbol, by),
      onDrop: (symbol, target) => watchlist.moveTo(symbol, target),
      onLines: () => this.#askPathsSoon(),
    });
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
    clearTimeout(this.#pathTimer);
    this.#left.abort();
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
    this.#askPathsSoon();
    if (this.#setup.tab !== "watch" || frame.c !== "market") return;
    const known = new Set(frame.y);
    const { symbols, unknown } = this.#watchlist;
    unknown.value = symbols.value.filter((symbol) => !known.has(symbol));
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

  #askPathsSoon(): void {
    clearTimeout(this.#pathTimer);
    this.#pathTimer = setTimeout(() => this.#askPaths().catch(reportError), QUIET_MS);
  }

  /** Brings prices of the day of lines in the page that the HTML did not have. */
  async #askPaths(): Promise<void> {
    const { pathsMissing: symbols, indicesMissing: indices } = this.painter;
    if (symbols.length + indices.length === 0 || this.#isAskingPaths) return;
    const at = this.#client.at.peek();
    this.#isAskingPaths = true;
    try {
      const { loadPaths } = await import("./load_paths.ts");
      const paths = await loadPaths(this.#link, { symbols, indices, at }, this.#left.signal);
      if (paths.size === 0) return;
      // Of another minute than the one that is shown by now they may lack the end.
      if (this.#client.at.peek() === at) this.painter.addPaths(paths);
      this.#askPathsSoon();
    } finally {
      this.#isAskingPaths = false;
    }
  }

  #listen(): void {
    const { signal } = this.#left;
    addEventListener("storage", () => this.#watchlist.reload(), { signal });
    onShowWish((symbol) => {
      const head = this.painter.view.show(symbol);
      head?.focus();
      return head !== null;
    }, signal);
  }
}

/** What the island has for a session; the lines of sums come with their code. */
export type SessionSetup = Omit<PainterSetup, "sumsOf" | "groupRank">;

/** Opens the board of this page. */
export async function openBoard(link: LiveLink, setup: SessionSetup): Promise<BoardSession> {
  const sectors = TABS[setup.tab].order === "sector" ? await import("./sectors.ts") : null;
  return new BoardSession(link, {
    ...setup,
    sumsOf: sectors && ((lines) => sectors.sectorSums(lines, link.lang)),
    groupRank: sectors && sectors.sectorRank,
  });
}
