import { useEffect } from "preact/hooks";
import { type Health, isFillingIn } from "../../core/wire/health.ts";
import type { LiveLink } from "../live/link.ts";
import { pageClient } from "../live/page_client.ts";
import { askRest } from "../live/rest.ts";

/** Ms between two looks at how far the past is. */
const LOOK_MS = 10_000;

/**
 * Calls back now and then, and once more at the end, while the server fills in what it had not seen
 * before its start: a page that is opened right after it gets the past without being loaded again.
 */
export function useFilling(link: LiveLink, isFilling: boolean, onMore: () => void): void {
  useEffect(() => {
    if (!isFilling) return;
    const ended = new AbortController();
    const look = async () => {
      if (document.hidden || pageClient(link).isPaused.peek()) return;
      const health = await askRest<Partial<Health>>(link, "/health", ended.signal);
      onMore();
      // Without the token of the page, which ends with its server, nothing more is told.
      const isOver = health !== null && (health.store === undefined || !isFillingIn(health.store));
      if (isOver) clearInterval(timer);
    };
    const timer = setInterval(() =>
      look().catch((error) => {
        // What the effect itself has ended is no failure.
        if (!ended.signal.aborted) throw error;
      }), LOOK_MS);
    return () => {
      clearInterval(timer);
      ended.abort();
    };
  }, []);
}
