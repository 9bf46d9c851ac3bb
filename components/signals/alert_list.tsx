import type { JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { LiveLink } from "../live/link.ts";
import { fill } from "../fill.ts";
import { AlertCard } from "./alert_card.tsx";
import { filterQuery } from "./alert_feed.ts";
import type { Feed } from "./use_feed.ts";
import type { SignalWords } from "./signal_words.ts";
import { useSlide } from "./use_arrivals.ts";

interface AlertListProps {
  readonly link: LiveLink;
  readonly words: SignalWords;
  readonly feed: Feed;
  readonly root: RefObject<HTMLElement>;
  readonly onNewer: () => void;
}

/** The feed of alerts, newest first. */
export function AlertList(props: AlertListProps): JSX.Element {
  const { link, words, feed, root, onNewer } = props;
  const { shown, waiting, state, hasMore, more } = feed;
  const list = useRef<HTMLOListElement>(null);
  useSlide(list, shown[0]?.id);
  return (
    <section class="alert-list" ref={root} aria-label={words.list}>
      {waiting > 0 && (
        <button type="button" class="button newer" onClick={onNewer}>
          {fill(words.newer, { n: waiting })}
        </button>
      )}
      {shown.length === 0 && state !== "loading" && (
        <p class="empty">{filterQuery(feed.filter).size > 0 ? words.noneFits : words.none}</p>
      )}
      <ol class="alerts" ref={list}>
        {shown.map((alert) => (
          <AlertCard
            key={alert.id}
            alert={alert}
            lang={link.lang}
            words={words}
            style={link.style}
          />
        ))}
      </ol>
      {state === "failed" && (
        <p class="notice bad" role="alert">
          {words.loadFailed}{" "}
          <button type="button" class="button" onClick={feed.retry}>{words.retry}</button>
        </p>
      )}
      {state !== "failed" && hasMore && (
        <button
          type="button"
          class="button more live-only"
          disabled={state === "loading"}
          onClick={more}
        >
          {state === "loading" ? words.loading : words.more}
        </button>
      )}
    </section>
  );
}
