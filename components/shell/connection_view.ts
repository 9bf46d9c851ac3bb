import type { SocketStatus } from "../../core/wire/client_options.ts";
import { parseMoment } from "../../core/wire/moment.ts";
import type { FeedStatus } from "../../core/wire/status.ts";
import { fill } from "../fill.ts";
import type { LiveWords } from "./live_words.ts";

/** What the connection dot says; `state` is its colour and shape, `text` the words beside it. */
export interface ConnectionView {
  readonly state:
    | "live"
    | "connecting"
    | "reconnecting"
    | "polling"
    | "stale"
    | "closed"
    | "source-lost"
    | "refused"
    | "failed"
    | "earlier";
  readonly text: string;
}

/** The dot is never greener than the worse of the page's socket and the server's source. */
export function connectionView(
  socket: Pick<SocketStatus, "state" | "attempts">,
  feed: FeedStatus,
  words: LiveWords,
  isStreaming: boolean,
): ConnectionView {
  if (socket.state === "failed") return { state: "failed", text: words.failed };
  if (socket.state === "connecting") return { state: "connecting", text: words.connecting };
  if (socket.state === "reconnecting") {
    return { state: "reconnecting", text: fill(words.reconnecting, { n: socket.attempts }) };
  }
  switch (feed.state) {
    case "live":
      // Numbers come, but seconds late.
      if (socket.state === "polling") {
        return { state: "polling", text: isStreaming ? words.polling : words.pollingChosen };
      }
      return { state: "live", text: liveText(feed, words) };
    case "stale":
      return { state: "stale", text: words.stale };
    case "closed":
      return { state: "closed", text: words.closed };
    case "refused":
      return { state: "refused", text: words.refused };
    case "connecting":
      return { state: "source-lost", text: words.sourceLost };
  }
}

/** The same while the page shows an earlier minute, whatever the socket and the source do. */
export function earlierView(at: string, words: LiveWords): ConnectionView {
  return { state: "earlier", text: fill(words.earlier, { time: parseMoment(at)?.minute ?? at }) };
}

function liveText({ provider, replay }: FeedStatus, words: LiveWords): string {
  if (replay) return provider === "sim" ? words.replaySimulated : words.replay;
  return provider === "sim" ? words.simulated : words.live;
}

/** Words for the age of the newest number, whole seconds up to two minutes, then minutes. */
export function ageText(ageMs: number, words: LiveWords): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  return seconds <= 120
    ? fill(words.ageSeconds, { n: seconds })
    : fill(words.ageMinutes, { n: Math.floor(seconds / 60) });
}

/**
 * Age of the newest number when a page is made. Simulated or recorded exchange time is not our time of
 * day, so there only a feed that stopped has an age: at least the time since it stopped.
 */
export function ageOfDataMs(feed: FeedStatus, nowMs: number): number {
  const isToday = feed.provider === "ssi" && !feed.replay;
  if (isToday && feed.asOfMs !== null) return Math.max(0, nowMs - feed.asOfMs);
  return feed.state === "live" ? 0 : Math.max(0, nowMs - feed.sinceMs);
}
