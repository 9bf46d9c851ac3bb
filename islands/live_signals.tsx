import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { fill } from "../components/fill.ts";
import type { LiveLink } from "../components/live/link.ts";
import { useClient, useEntries, useIsNow } from "../components/live/use_live.ts";
import { messageOf } from "../components/signals/alert_card.tsx";
import { AlertControls } from "../components/signals/alert_controls.tsx";
import {
  type AlertFilter,
  ALERTS_KEPT,
  dateOf,
  gravest,
  mergeAlerts,
} from "../components/signals/alert_feed.ts";
import { AlertFilters } from "../components/signals/alert_filters.tsx";
import { AlertList } from "../components/signals/alert_list.tsx";
import type { SignalWords } from "../components/signals/signal_words.ts";
import { useFeed } from "../components/signals/use_feed.ts";
import { useAlertCalls } from "../components/signals/use_alert_calls.ts";
import { useAnnouncer, useArrivals, useHeldBack } from "../components/signals/use_arrivals.ts";
import type { Alert } from "../core/wire/alert.ts";
import type { SocketStatus } from "../core/wire/client_options.ts";
import type { LogFrame } from "../core/wire/frames.ts";
import { formatVnDate } from "../core/market/time.ts";

export interface LiveSignalsProps {
  readonly link: LiveLink;
  readonly words: SignalWords;
  /** Position of the log, and those of its alerts that the HTML shows. */
  readonly log: LogFrame;
  /** Where that list goes on; null at its end. */
  readonly cursor: string | null;
  /** The newest alert of the day, whatever the filter. */
  readonly newestId: string | null;
  readonly filter: AlertFilter;
}

/** The feed of alerts: live, filtered, explained, with sound and notifications by choice. */
export default function LiveSignals(props: LiveSignalsProps): JSX.Element {
  const { link, words } = props;
  const client = useClient(link);
  const isNow = useIsNow(link);
  const entries = useEntries<Alert>(link, props.log, ALERTS_KEPT);
  const [arrived, setArrived] = useState({ newestId: props.newestId, count: 0 });
  const root = useRef<HTMLElement>(null);
  const heldBack = useHeldBack(root);
  const calls = useAlertCalls(link, words);
  const announcer = useAnnouncer((alerts) =>
    fill(words.announced, { n: alerts.length, text: messageOf(gravest(alerts)!, link.lang) })
  );
  useArrivals(entries, props.newestId, (fresh, before) => {
    if (!isNow) return;
    heldBack.hold(before);
    setArrived(({ count }) => ({
      newestId: mergeAlerts(fresh)[0]!.id,
      count: count + fresh.length,
    }));
    announcer.add(fresh);
    calls.call(fresh);
  });

  const feed = useFeed({
    link,
    entries: entries.value,
    first: props.filter,
    cursor: props.cursor,
    isNow,
    until: heldBack.until.value,
  });
  const counted = isNow ? arrived : { newestId: entries.value.at(-1)?.id ?? null, count: null };
  return (
    <>
      <div class="signals-head">
        <Counter {...counted} words={words} />
        <AlertFilters
          key={feed.filter.symbol}
          filter={feed.filter}
          words={words}
          onChange={(filter) => {
            heldBack.release();
            feed.change(filter);
          }}
        />
        <AlertControls
          choices={calls.choices.value}
          notices={calls.notices.value}
          isSoundWaiting={calls.choices.value.isSoundOn && !calls.isSoundReady.value}
          words={words}
          onChange={calls.change}
          onTry={calls.tryOut}
          onNotices={calls.toggleNotices}
        />
      </div>
      <Banner state={isNow ? client?.socket.value.state ?? "open" : "open"} words={words} />
      <p class="unseen" aria-live="polite">{announcer.text.value}</p>
      <AlertList
        link={link}
        words={words}
        feed={feed}
        root={root}
        onNewer={() => {
          heldBack.release();
          scrollTo({ top: 0 });
        }}
      />
    </>
  );
}

interface CounterProps {
  readonly newestId: string | null;
  /** Null at an earlier minute, where nothing is new. */
  readonly count: number | null;
  readonly words: SignalWords;
}

/** Alerts are numbered within their day, so the newest one tells how many there are. */
function Counter({ newestId, count, words }: CounterProps): JSX.Element {
  if (newestId === null) return <p id="alert-count">{words.zero}</p>;
  const date = dateOf(newestId);
  return (
    <p id="alert-count">
      <b>
        {fill(words.total, { n: newestId.slice(date.length + 1), date: formatVnDate(date) })}
      </b>{" "}
      {count !== null && <span class="live-only">· {fill(words.fresh, { n: count })}</span>}
    </p>
  );
}

interface BannerProps {
  readonly state: SocketStatus["state"];
  readonly words: SignalWords;
}

/** Says when new alerts may not come; the bar above says it of the whole page. */
function Banner({ state, words }: BannerProps): JSX.Element | null {
  const texts: Readonly<Record<SocketStatus["state"], string | null>> = {
    open: null,
    connecting: null,
    reconnecting: words.offline,
    polling: words.polling,
    failed: words.failed,
  };
  const text = texts[state];
  return text === null ? null : <p class="notice bad" role="alert">{text}</p>;
}
