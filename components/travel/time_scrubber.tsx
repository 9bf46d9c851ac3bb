import { useEffect, useMemo, useState } from "preact/hooks";
import { formatVnDate } from "../../core/market/time.ts";
import { parseMoment } from "../../core/wire/moment.ts";
import { fill } from "../fill.ts";
import type { LiveLink } from "../live/link.ts";
import { useLater } from "../live/use_later.ts";
import { useClient } from "../live/use_live.ts";
import type { TravelWords } from "./travel_words.ts";

export interface TimeScrubberProps {
  readonly link: LiveLink;
  readonly words: TravelWords;
  /** Address of this page as it is now. */
  readonly nowHref: string;
}

/**
 * The way to earlier minutes on every page, and the band that says that one is shown (N-15). Most
 * readers never look back, so the rest comes when the panel opens.
 */
export function TimeScrubber({ link, words, nowHref }: TimeScrubberProps) {
  const client = useClient(link);
  const [isOpen, setOpen] = useState(link.at !== null);
  const [code, isMissing] = useLater(() => import("./opened_travel.ts"), isOpen);
  const machine = useMemo(() => client && code && code.newMachine(link, client), [client, code]);
  useEffect(() => {
    if (client === null || code === null) return;
    const endLinks = code.keepMomentInLinks(client.at);
    return () => {
      endLinks();
      machine?.end();
    };
  }, [machine]);
  const at = client === null ? link.at : client.at.value;
  return (
    <>
      <button
        type="button"
        class="look-back live-only"
        aria-expanded={isOpen}
        disabled={client === null}
        title={words.openHint}
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">◷</span> <span class="look-back-text">{words.open}</span>
      </button>
      {isOpen && isMissing && <p class="notice bad" role="alert">{words.notLoaded}</p>}
      {isOpen && code !== null && machine !== null && (
        <code.TimePanel machine={machine} words={words} />
      )}
      {at !== null && (
        <Band
          at={at}
          words={words}
          nowHref={nowHref}
          onLive={link.at === null ? () => machine?.goLive() : null}
        />
      )}
    </>
  );
}

interface BandProps {
  readonly at: string;
  readonly words: TravelWords;
  readonly nowHref: string;
  /** Null on a page that was made of an earlier minute: only the server can make all of it new. */
  readonly onLive: (() => void) | null;
}

function Band({ at, words, nowHref, onLive }: BandProps) {
  const { date, minute } = parseMoment(at)!;
  return (
    <p class="earlier" role="status">
      <strong>{words.band}</strong>{" "}
      <span>{fill(words.bandNote, { time: minute, date: formatVnDate(date) })}</span>{" "}
      <a
        href={nowHref}
        data-moment="now"
        onClick={(event) => {
          if (onLive === null) return;
          event.preventDefault();
          onLive();
        }}
      >
        {words.goLive}
      </a>
    </p>
  );
}
