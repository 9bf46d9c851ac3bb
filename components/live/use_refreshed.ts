import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { REAL_SHELL } from "../../core/wire/client_shell.ts";
import type { LiveLink } from "./link.ts";
import { pageClient } from "./page_client.ts";
import { Refresher } from "./refresher.ts";

/** Ms between two questions, and where the reader wants no streaming. */
const REFRESH_MS = 10_000;
const QUIET_REFRESH_MS = 60_000;

/** What an address of REST told, from that of the HTML on. */
export interface Refreshed<Data> {
  readonly data: Data;
  /** Whether the newest question had no answer; the data are those before it. */
  readonly isOld: boolean;
}

/**
 * What an address tells, asked again each `everyMs` while the page is in sight, not paused and at
 * the newest minute. `read` makes the island's data of a body of our own server.
 */
export function useRefreshed<Data>(
  { link, url, everyMs = REFRESH_MS }: {
    readonly link: LiveLink;
    readonly url: string;
    readonly everyMs?: number;
  },
  seed: Data,
  read: (body: unknown) => Data,
): ReadonlySignal<Refreshed<Data>> {
  const shown = useMemo(() => signal<Refreshed<Data>>({ data: seed, isOld: false }), []);
  useEffect(() => {
    const client = pageClient(link);
    const isLooking = () =>
      document.visibilityState === "visible" && !client.isPaused.peek() &&
      client.at.peek() === null;
    const refresher = new Refresher({
      shell: REAL_SHELL,
      url,
      ticket: link.ticket,
      waitMs: () => !isLooking() ? null : client.isStreaming.peek() ? everyMs : QUIET_REFRESH_MS,
      onAnswer(body) {
        if (!isLooking()) return;
        shown.value = body === null
          ? { data: shown.peek().data, isOld: true }
          : { data: read(body), isOld: false };
      },
    });
    const wake = () => refresher.wake();
    document.addEventListener("visibilitychange", wake);
    // A signal tells its subscriber its value at once, for which the HTML is new enough.
    let isFirst = true;
    const ends = [client.isPaused, client.at].map((changing) =>
      changing.subscribe(() => isFirst || wake())
    );
    isFirst = false;
    return () => {
      document.removeEventListener("visibilitychange", wake);
      for (const end of ends) end();
      refresher.end();
    };
  }, [everyMs]);
  return shown;
}
