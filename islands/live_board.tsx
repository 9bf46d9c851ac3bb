import { useEffect, useMemo } from "preact/hooks";
import { ageText, connectionView } from "../components/connection_view.ts";
import { followMarket, type LiveStart, startState } from "../components/live_state.ts";
import type { LiveWords } from "../components/live_words.ts";
import { asOfText, Connection, Notices, PhaseBadge } from "../components/status_line.tsx";

export interface LiveBoardProps extends LiveStart {
  readonly words: LiveWords;
}

/** The status line, and the hand that keeps board and index strip moving. */
export default function LiveBoard(props: LiveBoardProps) {
  const { words } = props;
  const state = useMemo(() => startState(props), []);
  useEffect(() => followMarket(props, state), []);
  const feed = state.feed.value;
  const socket = state.socket.value;
  const paused = state.paused.value;
  const mode = socket.state === "open"
    ? "stream"
    : socket.state === "polling"
    ? "polling"
    : "static";
  const asOf = asOfText(state.asOfMs.value, words);
  return (
    <>
      <section class="status">
        <Connection
          view={connectionView(socket, feed, words)}
          figures={{
            latencyMs: state.latencyMs.value,
            reconnects: socket.reconnects,
            cellsPerSecond: state.cellsPerSecond.value,
            mode,
            lastUpdate: asOf,
          }}
          feed={feed}
          words={words}
        />
        <PhaseBadge exchange="HOSE" feed={feed} words={words} />
        <PhaseBadge exchange="DERIVATIVES" feed={feed} words={words} />
        <span class="dim">
          {asOf}
          {feed.state !== "closed" && state.asOfMs.value !== null && (
            <span id="age" class="live-only">, {ageText(state.ageMs.value, words)}</span>
          )}
        </span>
        <button
          type="button"
          class="pause live-only"
          aria-pressed={paused === true}
          disabled={paused === null}
          onClick={() => state.paused.value = !paused}
        >
          {paused ? words.resume : words.pause}
        </button>
      </section>
      <Notices feed={feed} mode={mode} words={words} />
    </>
  );
}
