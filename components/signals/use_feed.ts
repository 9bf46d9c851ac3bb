import { useEffect, useMemo, useState } from "preact/hooks";
import type { Alert } from "../../core/wire/alert.ts";
import type { AlertPage } from "../../core/wire/alert_page.ts";
import type { LiveLink } from "../live/link.ts";
import { askRest } from "../live/rest.ts";
import { type AlertFilter, byTime, filterQuery, fits, isLater, mergeAlerts } from "./alert_feed.ts";
import { AlertPages, PAGE_ALERTS } from "./alert_pages.ts";

interface FeedSource {
  readonly link: LiveLink;
  /** What the socket brought. */
  readonly entries: readonly Alert[];
  readonly first: AlertFilter;
  /** Where the list of the HTML goes on; null at its end. */
  readonly cursor: string | null;
  /** At an earlier minute the log of then is all there is. */
  readonly isNow: boolean;
  /** Newer alerts than this one wait; null while all are shown. */
  readonly until: string | null;
}

export interface Feed {
  readonly filter: AlertFilter;
  /** Newest first. */
  readonly shown: readonly Alert[];
  readonly waiting: number;
  readonly state: "ready" | "loading" | "failed";
  readonly hasMore: boolean;
  change(filter: AlertFilter): void;
  more(): void;
  retry(): void;
}

/** Alerts of socket and REST together, each once, of the filter that the reader chooses (F-216). */
export function useFeed({ link, entries, first, cursor, isNow, until }: FeedSource): Feed {
  const pages = useMemo(
    () => new AlertPages({ ask: (path, signal) => askRest<AlertPage>(link, path, signal), cursor }),
    [],
  );
  useEffect(() => () => pages.end(), []);
  const [filter, setFilter] = useState(first);
  const [room, setRoom] = useState(PAGE_ALERTS);
  const held = mergeAlerts(entries, isNow ? pages.alerts.value : []);
  const fitting = held.filter((alert) => fits(alert, filter));
  const seen = until === null ? fitting : fitting.filter(({ id }) => !isLater(id, until));
  const hasOlder = isNow && pages.hasMore(held);
  return {
    filter,
    shown: byTime(seen).slice(0, room),
    waiting: fitting.length - seen.length,
    state: pages.state.value,
    hasMore: hasOlder || seen.length > room,
    change(next) {
      setFilter(next);
      setRoom(PAGE_ALERTS);
      showAddress(next);
      if (isNow) void pages.load(next, "newest");
    },
    more() {
      if (hasOlder && seen.length < room + PAGE_ALERTS) void pages.load(filter, "cursor");
      setRoom(room + PAGE_ALERTS);
    },
    retry: () => void pages.retry(),
  };
}

/** The filter is part of the address, so that it can be kept and sent; other parts of it stay. */
function showAddress(filter: AlertFilter): void {
  const query = new URLSearchParams(location.search);
  for (const name of ["type", "severity", "symbol"]) query.delete(name);
  for (const [name, value] of filterQuery(filter)) query.set(name, value);
  history.replaceState(null, "", query.size === 0 ? location.pathname : `?${query}`);
}
