import type { JSX } from "preact";
import type { FeedStatus } from "../../core/wire/status.ts";
import { formatVnDate, formatVnTime, vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import type { ConnectionView } from "./connection_view.ts";
import { fill } from "../fill.ts";
import type { LiveWords } from "./live_words.ts";
import type { Lang } from "../i18n.ts";
import { holidayName, nextOpenText } from "./phase_badge.tsx";

/** Words for the exchange time of the newest number. */
export function asOfText(asOfMs: number | null, words: LiveWords): string {
  if (asOfMs === null) return words.noData;
  return fill(words.asOf, {
    time: formatVnTime(vnSecondOfDay(asOfMs)),
    date: formatVnDate(vnDate(asOfMs)),
  });
}

/** The same without its date. */
export function timeText(asOfMs: number | null, words: LiveWords): string {
  return asOfMs === null ? words.noData : formatVnTime(vnSecondOfDay(asOfMs));
}

interface NoticesProps {
  readonly feed: FeedStatus;
  /** How data come to the page. */
  readonly mode: ConnectionFigures["mode"];
  /** False where the reader chose polling. */
  readonly isStreaming: boolean;
  /** When the page was made, where it is an old copy that this device kept; else null. */
  readonly storedMs: number | null;
  /** The time by which the market is closed, Unix ms. */
  readonly nowMs: number;
  readonly lang: Lang;
  readonly words: LiveWords;
}

/** What the visitor must know of the source and of us: a refused key, a full disk, an old list. */
export function Notices(
  { feed, mode, isStreaming, storedMs, nowMs, lang, words }: NoticesProps,
): JSX.Element {
  const trouble = feed.state === "live" || feed.state === "closed" ? null : feed.reason;
  const refused = feed.state === "refused";
  return (
    <div id="notices" role="status">
      {storedMs !== null && (
        <p class="notice bad">{fill(words.stored, { time: momentText(storedMs) })}</p>
      )}
      {feed.state === "closed" && (
        <ClosedNotice feed={feed} nowMs={nowMs} lang={lang} words={words} />
      )}
      {mode === "polling" && isStreaming && <p class="notice passing">{words.pollingNotice}</p>}
      {(refused || trouble !== null) && (
        // An interruption may pass within a second, so its notice must not push the board down.
        <p class={refused ? "notice bad" : "notice passing"}>
          {refused && words.refusedHelp} {trouble !== null && (
            <>
              {words.reason}: <span lang="en">{trouble}</span>
            </>
          )}
        </p>
      )}
      {!feed.recorded && <p class="notice bad">{words.notRecorded}</p>}
      {feed.membership === "static" && feed.state !== "connecting" && (
        <p class="notice">{words.staticMembers}</p>
      )}
    </div>
  );
}

type ClosedNoticeProps = Pick<NoticesProps, "feed" | "nowMs" | "lang" | "words">;

/** Whose numbers a closed market shows, why it is closed, and until when. */
function ClosedNotice({ feed, nowMs, lang, words }: ClosedNoticeProps): JSX.Element {
  const holiday = holidayName(nowMs, lang);
  const date = feed.tradingDate;
  return (
    <p class="notice">
      {date !== null && fill(words.closedNotice, { date: formatVnDate(date) })}{" "}
      {holiday !== null && fill(words.holidayNotice, { name: holiday })}{" "}
      {nextOpenText("HOSE", nowMs, words)}
    </p>
  );
}

function momentText(atMs: number): string {
  return `${formatVnTime(vnSecondOfDay(atMs))} ${formatVnDate(vnDate(atMs))}`;
}

/** The five figures of the page's own connection. */
export interface ConnectionFigures {
  readonly latencyMs: number | null;
  readonly reconnects: number;
  readonly messagesPerSecond: number;
  /** How data come: over the socket, by asking now and then, or not at all; or an earlier minute. */
  readonly mode: "stream" | "polling" | "static" | "earlier";
  readonly lastUpdate: string;
}

interface ConnectionProps {
  readonly view: ConnectionView;
  readonly figures: ConnectionFigures;
  readonly feed: FeedStatus;
  readonly words: LiveWords;
}

/** The connection dot with its words; pressing it opens the figures behind it. */
export function Connection({ view, figures, feed, words }: ConnectionProps): JSX.Element {
  const { latencyMs } = figures;
  const modes = {
    stream: words.modeStream,
    polling: words.modePolling,
    static: words.modeStatic,
    earlier: words.modeEarlier,
  };
  return (
    <details class="connection live-only">
      <summary id="connection" class="dot" data-state={view.state} title={words.details}>
        {view.text}
      </summary>
      <dl>
        <dt>{words.latency}</dt>
        <dd>{latencyMs === null ? "–" : `${Math.round(latencyMs)} ms`}</dd>
        <dt>{words.reconnects}</dt>
        <dd>{figures.reconnects}</dd>
        <dt>{words.updateRate}</dt>
        <dd>{figures.messagesPerSecond}</dd>
        <dt>{words.mode}</dt>
        <dd>{modes[figures.mode]}</dd>
        <dt>{words.lastUpdate}</dt>
        <dd>{figures.lastUpdate}</dd>
        <dt>{words.tradingDate}</dt>
        <dd>{feed.tradingDate === null ? "–" : formatVnDate(feed.tradingDate)}</dd>
        {(["HNX", "UPCOM"] as const).map((exchange) => [
          <dt key={exchange}>{words.board[exchange]}</dt>,
          <dd key={`${exchange} phase`}>{words.phase[feed.phases[exchange]]}</dd>,
        ])}
      </dl>
    </details>
  );
}
