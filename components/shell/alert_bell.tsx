import { useEffect, useState } from "preact/hooks";
import type { Alert } from "../../core/wire/alert.ts";
import type { LogFrame } from "../../core/wire/frames.ts";
import type { LiveLink } from "../live/link.ts";
import { useLater } from "../live/use_later.ts";
import { useEntries, useIsNow } from "../live/use_live.ts";
import type { BellWords } from "./bell_words.ts";
import { placeOf, readSeen, unseenOf, writeSeen } from "./seen_alerts.ts";

/** Alerts that may come between two paints and still be told. */
const KEPT = 20;

export interface AlertBellProps {
  readonly link: LiveLink;
  /** Where the log of alerts stood when the page was made; its entries are left out. */
  readonly seed: LogFrame;
  /** Whether the page itself shows the alerts. */
  readonly isSignals: boolean;
  readonly words: BellWords;
}

/** The way to the alerts from every page, with how many came since they were last looked at. */
export function AlertBell({ link, seed, isSignals, words }: AlertBellProps) {
  const entries = useEntries<Alert>(link, seed, KEPT).value;
  const newest = Math.max(seed.s, entries.at(-1)?.n ?? 0);
  const date = link.feed.tradingDate ?? "";
  const isNow = useIsNow(link);
  const [unseen, setUnseen] = useState(0);
  useEffect(() => {
    // At an earlier minute nothing is new, and the reader's place is that of now.
    if (!isNow) return;
    if (isSignals) writeSeen({ date, n: newest });
    setUnseen(isSignals ? 0 : unseenOf(readSeen(), date, newest));
  }, [newest, isNow]);
  const isCritical = !isSignals && entries.some(({ severity }) => severity === "critical");
  // Where they cannot be had, the number at the bell still tells of the alert.
  const [toasts] = useLater(() => import("./critical_toasts.tsx"), isCritical);
  const label = unseen === 0 ? words.alerts : `${words.alerts}: ${unseen}`;
  return (
    <>
      <a class="bell" href="/signals" aria-label={label} title={label}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 17V11a6 6 0 0112 0v6l2 2H4zM10 21h4" />
        </svg>
        {unseen > 0 && <span aria-hidden="true">{unseen > 99 ? "99+" : unseen}</span>}
      </a>
      {!isSignals && (
        <div class="toasts critical" role="status" aria-live="polite">
          {toasts !== null && (
            <toasts.CriticalToasts
              entries={isNow ? entries : []}
              after={placeOf({ date, n: seed.s })}
              lang={link.lang}
            />
          )}
        </div>
      )}
    </>
  );
}
