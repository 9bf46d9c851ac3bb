import { useEffect } from "preact/hooks";
import type { Exchange } from "../../core/market/phase.ts";
import type { SocketStatus } from "../../core/wire/client_options.ts";
import type { LiveLink } from "../live/link.ts";
import type { PageClient } from "../live/page_client.ts";
import { useClient } from "../live/use_live.ts";
import { ageText, connectionView, earlierView } from "./connection_view.ts";
import { keepDeviceCopies } from "./device_copy.ts";
import type { LiveWords } from "./live_words.ts";
import { PhaseBadge } from "./phase_badge.tsx";
import { asOfText, Connection, type ConnectionFigures, Notices, timeText } from "./status_line.tsx";
import { Toasts } from "./toasts.tsx";

/** A page that is older when it opens was kept on the device. */
const STORED_AFTER_MS = 30_000;
/** How data come in each state of the socket. */
const MODES: Readonly<Record<SocketStatus["state"], ConnectionFigures["mode"]>> = {
  open: "stream",
  polling: "polling",
  connecting: "static",
  reconnecting: "static",
  failed: "static",
};

export interface StatusBarProps {
  readonly link: LiveLink;
  /** The board of shares whose session is told beside that of futures. */
  readonly exchange: Exchange;
  readonly words: LiveWords;
}

/** The state of the page's connection and of the market, in sight on every page. */
export function StatusBar({ link, exchange, words }: StatusBarProps) {
  const client = useClient(link);
  useEffect(() => client === null ? undefined : stayOnDuty(client), [client]);
  const feed = client?.feed.value ?? link.feed;
  const socket: SocketStatus = client?.socket.value ??
    { state: "connecting", attempts: 0, reconnects: 0 };
  const asOfMs = client === null ? link.asOfMs : client.asOfMs.value;
  const isStreaming = client?.isStreaming.value ?? true;
  const at = client === null ? link.at : client.at.value;
  const mode = at === null ? MODES[socket.state] : "earlier";
  const isToday = feed.provider === "ssi" && !feed.replay;
  const isStored = client !== null && mode === "static" &&
    Date.now() - link.madeMs > STORED_AFTER_MS;
  return (
    <div class="status">
      <Connection
        view={at === null
          ? connectionView(socket, feed, words, isStreaming)
          : earlierView(at, words)}
        figures={{
          latencyMs: client?.latencyMs.value ?? null,
          reconnects: socket.reconnects,
          messagesPerSecond: client?.messagesPerSecond.value ?? 0,
          mode,
          lastUpdate: asOfText(asOfMs, words),
        }}
        feed={feed}
        words={words}
      />
      <PhaseBadge exchange={exchange} feed={feed} nowMs={asOfMs} words={words} />
      <PhaseBadge exchange="DERIVATIVES" feed={feed} nowMs={asOfMs} words={words} />
      <span class="dim as-of" title={asOfText(asOfMs, words)}>
        {timeText(asOfMs, words)}
        {feed.state !== "closed" && asOfMs !== null && at === null && (
          <span id="age" class="live-only">
            {" · "}
            {ageText(client?.ageMs.value ?? link.ageMs, words)}
          </span>
        )}
      </span>
      <Buttons client={client} isStreaming={isStreaming} words={words} />
      <Toasts state={at === null ? socket.state : "open"} isStreaming={isStreaming} words={words} />
      <Notices
        feed={feed}
        mode={mode}
        isStreaming={isStreaming}
        storedMs={isStored ? link.madeMs : null}
        nowMs={isToday ? link.madeMs : asOfMs ?? link.madeMs}
        lang={link.lang}
        words={words}
      />
    </div>
  );
}

/** The state of the feed is wanted also where a page shows no rows. */
function stayOnDuty(client: PageClient): () => void {
  const ends = [
    client.follow("status", {}),
    keepDeviceCopies(() => client.socket.value.state === "open"),
  ];
  return () => ends.forEach((end) => end());
}

interface ButtonsProps {
  readonly client: PageClient | null;
  readonly isStreaming: boolean;
  readonly words: LiveWords;
}

function Buttons({ client, isStreaming, words }: ButtonsProps) {
  const isPaused = client?.isPaused.value ?? false;
  return (
    <>
      <button
        type="button"
        class="realtime live-only"
        aria-pressed={isStreaming}
        disabled={client === null}
        aria-label={words.realtime}
        title={words.realtimeHint}
        onClick={() => client?.stream(!isStreaming)}
      >
        <span aria-hidden="true">⚡</span> <span class="wide">{words.realtime}</span>
      </button>
      <button
        type="button"
        class="pause live-only"
        aria-label={words.pause}
        title={isPaused ? words.resume : words.pause}
        aria-pressed={isPaused}
        disabled={client === null}
        onClick={() => {
          if (client !== null) client.isPaused.value = !isPaused;
        }}
      >
        <span aria-hidden="true">{isPaused ? "▶" : "❚❚"}</span>{" "}
        <span class="wide">{isPaused ? words.resume : words.pause}</span>
      </button>
    </>
  );
}
