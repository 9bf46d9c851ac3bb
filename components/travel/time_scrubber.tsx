import { useEffect, useState } from "preact/hooks";
import { formatVnDate } from "../../core/market/time.ts";
import { parseMoment } from "../../core/wire/moment.ts";
import { fill } from "../fill.ts";
import type { LiveLink } from "../live/link.ts";
import { useClient } from "../live/use_live.ts";
import type { TimeMachine } from "./time_machine.ts";
import type { TravelWords } from "./travel_words.ts";

export interface TimeScrubberProps {
  readonly link: LiveLink;
  readonly words: TravelWords;
  /** Address of this page as it is now. */
  readonly nowHref: string;
}

/** What opens with the panel: most readers never look back, so most pages do not load it. */
interface Opened {
  readonly machine: TimeMachine;
  readonly TimePanel: typeof import("./time_panel.tsx").TimePanel;
  /** Ends that links to other pages lead to the minute shown. */
  readonly endLinks: () => void;
}

/** The way to earlier minutes on every page, and the band that says that one is shown (N-15). */
export function TimeScrubber({ link, words, nowHref }: TimeScrubberProps) {
  const client = useClient(link);
  const [isOpen, setOpen] = useState(link.at !== null);
  const [opened, setOpened] = useState<Opened | null>(null);
  useEffect(() => {
    if (client === null || !isOpen || opened !== null) return;
    Promise.all([
      import("./ask_server.ts"),
      import("./moment_links.ts"),
      import("./time_machine.ts"),
      import("./time_panel.tsx"),
    ]).then(([{ askServer }, { keepMomentInLinks }, { TimeMachine }, { TimePanel }]) => {
      const machine = new TimeMachine(link, client, askServer);
      setOpened({ machine, TimePanel, endLinks: keepMomentInLinks(client.at) });
    }).catch(reportError);
  }, [client, isOpen]);
  useEffect(() => () => {
    opened?.machine.end();
    opened?.endLinks();
  }, [opened]);
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
      {isOpen && opened !== null && <opened.TimePanel machine={opened.machine} words={words} />}
      {at !== null && (
        <Band
          at={at}
          words={words}
          nowHref={nowHref}
          onLive={link.at === null ? () => opened?.machine.goLive() : null}
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
