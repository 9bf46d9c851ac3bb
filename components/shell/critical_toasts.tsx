import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Alert } from "../../core/wire/alert.ts";
import type { LiveLink } from "../live/link.ts";
import { placeOf } from "./seen_alerts.ts";

/** How long a critical alert stands on pages that do not show alerts, and how many at once. */
const TOAST_MS = 8_000;
const TOASTS_MAX = 2;

interface CriticalToastsProps {
  readonly entries: readonly Alert[];
  /** Alerts up to this place were there when the page was made. */
  readonly after: string;
  readonly lang: LiveLink["lang"];
}

/** Critical alerts as they come; pressing one leads to its security, or to the alerts. */
export function CriticalToasts({ entries, after, lang }: CriticalToastsProps): JSX.Element {
  const [gone, setGone] = useState(after);
  const placed = entries.map((alert) => ({
    ...alert,
    place: placeOf({ date: alert.id.slice(0, 10), n: alert.n }),
  }));
  const shown = placed.filter(({ severity, place }) => severity === "critical" && place > gone)
    .slice(-TOASTS_MAX);
  const last = shown.at(-1)?.place;
  useEffect(() => {
    if (last === undefined) return;
    const timer = setTimeout(() => setGone(last), TOAST_MS);
    return () => clearTimeout(timer);
  }, [last]);
  return (
    <>
      {shown.map((alert) => (
        <p key={alert.id}>
          <a href={alert.alert_type === "session_event" ? "/signals" : `/stock/${alert.symbol}`}>
            <b>{alert.symbol}</b> {lang === "vi" ? alert.message_vi : alert.message}
          </a>
        </p>
      ))}
    </>
  );
}
