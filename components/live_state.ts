import { type Signal, signal } from "@preact/signals";
import type { SocketStatus } from "../core/wire/client_options.ts";
import type { SnapshotFrame } from "../core/wire/frames.ts";
import type { FeedStatus } from "../core/wire/status.ts";
import { BoardPainter } from "./board_painter.ts";
import { pageClient } from "./page_client.ts";
import type { NumberStyle } from "./number_format.ts";

const CLOCK_MS = 1_000;

/** What the page hands to its live part. */
export interface LiveStart {
  /** The data that the HTML shows; the socket continues from its epoch and seq. */
  readonly seed: readonly SnapshotFrame[];
  readonly feed: FeedStatus;
  /** Age of the newest number when the page was made, ms. */
  readonly ageMs: number;
  /** Address of the socket; a path is of the page's own origin. */
  readonly socketUrl: string;
  /** Opens the socket where the server wants a token. */
  readonly ticket: string;
  readonly style: NumberStyle;
}

/** Signals of the status line. */
export interface LiveState {
  readonly feed: Signal<FeedStatus>;
  readonly socket: Signal<SocketStatus>;
  readonly asOfMs: Signal<number | null>;
  readonly ageMs: Signal<number>;
  readonly cellsPerSecond: Signal<number>;
  readonly latencyMs: Signal<number | null>;
  /** Null while the script has not taken over, then whether the reader paused the display. */
  readonly paused: Signal<boolean | null>;
}

/** The state as the HTML was made from it. */
export function startState({ seed, feed, ageMs }: LiveStart): LiveState {
  return {
    feed: signal(feed),
    socket: signal<SocketStatus>({ state: "connecting", attempts: 0, reconnects: 0 }),
    asOfMs: signal(seed[0]?.t ?? null),
    ageMs: signal(ageMs),
    cellsPerSecond: signal(0),
    latencyMs: signal<number | null>(null),
    paused: signal<boolean | null>(null),
  };
}

/** Takes over the page: frames go to the tables, everything else to the signals. Returns the end of it. */
export function followMarket(start: LiveStart, state: LiveState): () => void {
  const painter = new BoardPainter(document, start.seed, start.style);
  let newestAtMs = performance.now() - start.ageMs;
  let cellsBefore = 0;
  // Subscribing again brings frames too; only a new exchange time means new numbers.
  const newer = (frameMs: number | null) => {
    if (frameMs === state.asOfMs.value) return;
    newestAtMs = performance.now();
    state.asOfMs.value = frameMs;
  };
  const client = pageClient({ url: start.socketUrl, token: start.ticket });
  const stopTelling = client.tell({
    onStatus: (feed) => state.feed.value = feed,
    onSocket: (socket) => state.socket.value = socket,
    onLatency: (ms) => state.latencyMs.value = ms,
  });
  const stopFollowing = start.seed.map(({ c, e, s }) =>
    client.market.subscribe(c, {
      onSnapshot(frame) {
        painter.snapshot(frame);
        newer(frame.t);
      },
      onDelta(frame) {
        painter.delta(frame);
        newer(frame.t);
      },
    }, { from: { e, s } })
  );
  const clock = setInterval(() => {
    state.ageMs.value = performance.now() - newestAtMs;
    state.cellsPerSecond.value = painter.cellsPainted - cellsBefore;
    cellsBefore = painter.cellsPainted;
  }, CLOCK_MS);
  state.paused.value = false;
  const stopPausing = state.paused.subscribe((paused) => painter.pause(paused === true));
  return () => {
    stopPausing();
    clearInterval(clock);
    for (const stop of stopFollowing) stop();
    stopTelling();
    painter.stop();
  };
}
