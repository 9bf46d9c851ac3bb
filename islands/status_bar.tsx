import { useEffect } from "preact/hooks";
import type { LiveLink } from "../components/live/link.ts";
import { useClient } from "../components/live/use_live.ts";
import { ageText, connectionView } from "../components/shell/connection_view.ts";
import type { LiveWords } from "../components/shell/live_words.ts";
import { PhaseBadge } from "../components/shell/phase_badge.tsx";
import { asOfText, Connection, Notices } from "../components/shell/status_line.tsx";

export interface StatusBarProps {
  readonly link: LiveLink;
  readonly words: LiveWords;
}

/** The state of the page's connection and of the market, in sight on every page. */
export default function StatusBar({ link, words }: StatusBarProps) {
  const client = useClient(link);
  // The state of the feed is wanted also where a page shows no rows.
  useEffect(() => client?.follow("status", {}), [client]);
  const feed = client?.feed.value ?? link.feed;
  const socket = client?.socket.value ?? { state: "connecting", attempts: 0, reconnects: 0 };
  const asOfMs = client === null ? link.asOfMs : client.asOfMs.value;
  const ageMs = client?.ageMs.value ?? link.ageMs;
  const isPaused = client?.isPaused.value ?? false;
  const isStreaming = client?.isStreaming.value ?? true;
  const mode = socket.state === "open"
    ? "stream"
    : socket.state === "polling"
    ? "polling"
    : "static";
  const asOf = asOfText(asOfMs, words);
  return (
    <div class="status">
      <Connection
        view={connectionView(socket, feed, words, isStreaming)}
        figures={{
          latencyMs: client?.latencyMs.value ?? null,
          reconnects: socket.reconnects,
          messagesPerSecond: client?.messagesPerSecond.value ?? 0,
          mode,
          lastUpdate: asOf,
        }}
        feed={feed}
        words={words}
      />
      <PhaseBadge exchange="HOSE" feed={feed} nowMs={asOfMs} words={words} />
      <PhaseBadge exchange="DERIVATIVES" feed={feed} nowMs={asOfMs} words={words} />
      <span class="dim as-of">
        {asOf}
        {feed.state !== "closed" && asOfMs !== null && (
          <span id="age" class="live-only">, {ageText(ageMs, words)}</span>
        )}
      </span>
      <button
        type="button"
        class="realtime live-only"
        aria-pressed={isStreaming}
        disabled={client === null}
        title={words.realtimeHint}
        onClick={() => client?.stream(!isStreaming)}
      >
        <span aria-hidden="true">⚡</span> {words.realtime}
      </button>
      <button
        type="button"
        class="pause live-only"
        aria-pressed={isPaused}
        disabled={client === null}
        onClick={() => {
          if (client !== null) client.isPaused.value = !isPaused;
        }}
      >
        {isPaused ? words.resume : words.pause}
      </button>
      <Notices feed={feed} mode={mode} isStreaming={isStreaming} words={words} />
    </div>
  );
}
