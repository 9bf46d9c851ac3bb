import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { LogChannel } from "../../core/wire/channel.ts";
import type { LogFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import type { LiveLink } from "./link.ts";
import { type PageClient, pageClient } from "./page_client.ts";
import { type LiveRowData, patchedRows, rowsOf } from "./rows.ts";

/** The page's client once the island lives in a browser; null on the server and in the first render. */
export function useClient(link: LiveLink): PageClient | null {
  const [client, setClient] = useState<PageClient | null>(null);
  useEffect(() => setClient(pageClient(link)), []);
  return client;
}

/** Whether the page shows the market now, and not an earlier minute. */
export function useIsNow(link: LiveLink): boolean {
  const client = useClient(link);
  return (client === null ? link.at : client.at.value) === null;
}

/**
 * Rows of a channel, from those of the HTML on. The array and each changed row are new objects, at
 * most once per animation frame and not while the reader pauses; an unchanged row stays the same.
 */
export function useRows<Row extends { readonly symbol: string } = LiveRowData>(
  link: LiveLink,
  seed: SnapshotFrame,
  syms?: readonly string[],
): ReadonlySignal<readonly Row[]> {
  const shown = useMemo(() => signal(rowsOf(seed) as unknown as readonly Row[]), []);
  useEffect(() => {
    let held: readonly LiveRowData[] = rowsOf(seed);
    const show = () => shown.value = held as unknown as readonly Row[];
    return followPainted(link, show, (client, changed) =>
      client.follow(seed.c, {
        onSnapshot(frame) {
          held = rowsOf(frame);
          changed();
        },
        onDelta(frame) {
          held = patchedRows(held, frame);
          changed();
        },
      }, { from: { e: seed.e, s: seed.s }, ...(syms && { syms }) }));
  }, []);
  return shown;
}

/**
 * Entries of a log, oldest first, the newest `keep` of them. A seed without all of its entries is for
 * the first paint only: the others come from the channel.
 */
export function useEntries<Entry>(
  link: LiveLink,
  seed: LogFrame,
  keep: number,
): ReadonlySignal<readonly Entry[]> {
  const shown = useMemo(() => signal(seed.list.slice(-keep) as unknown as readonly Entry[]), []);
  useEffect(() => {
    let held = shown.value;
    return followPainted(
      link,
      () => shown.value = held,
      (client, changed) =>
        client.follow(seed.c as LogChannel, {
          onEntries({ list }, isWhole) {
            const entries = list as unknown as readonly Entry[];
            held = (isWhole ? entries : [...held, ...entries]).slice(-keep);
            changed();
          },
        }, seed.list.length < seed.s - seed.p ? {} : { from: { e: seed.e, s: seed.s } }),
    );
  }, []);
  return shown;
}

/** Follows until the end that it gives; `show` runs once per animation frame after a change. */
function followPainted(
  link: LiveLink,
  show: () => void,
  follow: (client: PageClient, changed: () => void) => () => void,
): () => void {
  const client = pageClient(link);
  let request = 0;
  const changed = () => {
    if (client.isPaused.peek() || request !== 0) return;
    request = requestAnimationFrame(() => {
      request = 0;
      show();
    });
  };
  const end = follow(client, changed);
  const stopPausing = client.isPaused.subscribe((isPaused) => {
    if (!isPaused) changed();
  });
  return () => {
    end();
    stopPausing();
    cancelAnimationFrame(request);
  };
}
