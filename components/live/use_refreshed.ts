import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { REAL_SHELL } from "../../core/wire/client_shell.ts";
import type { LiveLink } from "./link.ts";
import { type PageClient, pageClient } from "./page_client.ts";
import { Refresher } from "./refresher.ts";

/** Ms between two questions, and where the reader wants no streaming. */
const REFRESH_MS = 10_000;
const QUIET_REFRESH_MS = 60_000;
/** Ms that an earlier minute is shown before it is asked for: a reader drags over many. */
const SETTLE_MS = 400;

/** What an address of REST told, from that of the HTML on. */
export interface Refreshed<Data> {
  readonly data: Data;
  /** Whether the newest question had no answer; the data are those before it. */
  readonly isOld: boolean;
}

interface RefreshedOptions {
  readonly link: LiveLink;
  readonly url: string;
  readonly everyMs?: number;
  /** It is about the server and not about the market, so an earlier minute changes nothing. */
  readonly isOfServer?: boolean;
}

/**
 * What an address tells, asked again each `everyMs` while the page is in sight and not paused; of an
 * earlier minute it is asked once. `read` makes the island's data of a body of our own server.
 */
export function useRefreshed<Data>(
  { link, url, everyMs = REFRESH_MS, isOfServer = false }: RefreshedOptions,
  seed: Data,
  read: (body: unknown) => Data,
): ReadonlySignal<Refreshed<Data>> {
  const shown = useMemo(() => signal<Refreshed<Data>>({ data: seed, isOld: false }), []);
  const isPaced = useRef(false);
  useEffect(() => {
    const client = pageClient(link);
    const ask = () =>
      refresherOf(client, { link, url, everyMs, isOfServer }, (body) => {
        shown.value = body === null
          ? { data: shown.peek().data, isOld: true }
          : { data: read(body), isOld: false };
      });
    const date = computed(() => client.feed.value.tradingDate);
    let refresher = ask();
    // Another pace: something has changed that the data are of.
    if (isPaced.current) refresher.wake();
    isPaced.current = true;
    const wake = () => refresher.wake();
    document.addEventListener("visibilitychange", wake);
    // A signal tells its subscriber its value at once, for which the HTML is new enough.
    let isFirst = true;
    const ends = [
      client.isPaused.subscribe(() => isFirst || wake()),
      // Series of the day before have nothing to do with the numbers beside them.
      date.subscribe(() => isFirst || client.at.peek() !== null || wake()),
      client.at.subscribe((at) => {
        if (isFirst) return;
        refresher.end();
        refresher = ask();
        if (at === null) wake();
      }),
    ];
    isFirst = false;
    return () => {
      document.removeEventListener("visibilitychange", wake);
      for (const end of ends) end();
      refresher.end();
    };
  }, [everyMs]);
  return shown;
}

/** Asks about the minute that the page shows now. */
function refresherOf(
  client: PageClient,
  { link, url, everyMs = REFRESH_MS, isOfServer }: RefreshedOptions,
  onBody: (body: unknown) => void,
): Refresher {
  const at = isOfServer ? null : client.at.peek();
  const isLooking = () => document.visibilityState === "visible" && !client.isPaused.peek();
  // The HTML of an earlier minute has what was known then.
  let isTold = at !== null && at === link.at;
  let nextMs = SETTLE_MS;
  return new Refresher({
    shell: REAL_SHELL,
    url: at === null ? url : `${url}${url.includes("?") ? "&" : "?"}at=${at}`,
    ticket: link.ticket,
    waitMs() {
      if (!isLooking() || isTold) return null;
      if (at !== null) return nextMs;
      return client.isStreaming.peek() ? everyMs : QUIET_REFRESH_MS;
    },
    onAnswer(body) {
      if (!isLooking()) return;
      isTold = at !== null && body !== null;
      nextMs = everyMs;
      onBody(body);
    },
  });
}
