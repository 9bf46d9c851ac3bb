import { type LiveRowData, patchedRows, rowsOf } from "../../../components/live/rows.ts";
import { MarketClient } from "../../wire/client.ts";
import type { ClientOptions, SocketStatus } from "../../wire/client_options.ts";
import type { FeedStatus } from "../../wire/status.ts";
import type { WatchPlan } from "./plan.ts";

/** Ms between two updates: nobody reads a terminal faster. */
const RATE_MS = 250;

/** What is known of the market so far. */
export interface Watched {
  /** Null before the first snapshot; in the order that the plan wants. */
  readonly rows: readonly LiveRowData[] | null;
  readonly indices: readonly LiveRowData[] | null;
  readonly feed: FeedStatus | null;
  readonly socket: Pick<SocketStatus, "state" | "attempts">;
  /** Exchange time of the newest change, Unix ms; null before the first. */
  readonly asOfMs: number | null;
}

/** A client that keeps what a plan wants to see, and tells of each change. */
export class Watch {
  readonly #client: MarketClient;
  #watched: Watched = {
    rows: null,
    indices: null,
    feed: null,
    socket: { state: "connecting", attempts: 0 },
    asOfMs: null,
  };
  readonly #onChange: () => void;

  constructor(
    { url, channel, symbols }: Pick<WatchPlan, "url" | "channel" | "symbols">,
    options: Pick<ClientOptions, "token">,
    onChange: () => void,
  ) {
    this.#onChange = onChange;
    this.#client = new MarketClient({
      ...options,
      url,
      rate: RATE_MS,
      onStatus: (feed) => this.#change({ feed }),
      onSocket: (socket) => this.#change({ socket }),
    });
    this.#subscribe("rows", channel, symbols);
    this.#subscribe("indices", "index", null);
  }

  get now(): Watched {
    return this.#watched;
  }

  close(): void {
    this.#client.close();
  }

  #subscribe(
    part: "rows" | "indices",
    channel: WatchPlan["channel"],
    symbols: readonly string[] | null,
  ): void {
    // The numbers of a delta's rows are those of the snapshot: an order of one's own is applied after.
    let held: readonly LiveRowData[] = [];
    const take = (rows: readonly LiveRowData[], asOfMs: number | null) => {
      held = rows;
      this.#change({
        [part]: symbols === null ? rows : inOrder(rows, symbols),
        asOfMs: Math.max(this.#watched.asOfMs ?? 0, asOfMs ?? 0) || null,
      });
    };
    this.#client.subscribe(channel, {
      onSnapshot: (frame) => take(rowsOf(frame), frame.t),
      onDelta: (frame) => take(patchedRows(held, frame), frame.t),
    }, symbols === null ? {} : { syms: symbols });
  }

  #change(news: Partial<Watched>): void {
    this.#watched = { ...this.#watched, ...news };
    this.#onChange();
  }
}

/** The rows as they were asked for; a symbol that the server does not know has only its name. */
function inOrder(rows: readonly LiveRowData[], symbols: readonly string[]): LiveRowData[] {
  const bySymbol = new Map(rows.map((row) => [row.symbol, row]));
  return symbols.map((symbol) => bySymbol.get(symbol) ?? { symbol });
}
