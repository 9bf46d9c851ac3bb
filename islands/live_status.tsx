import { guarded } from "../components/guarded.tsx";
import type { LiveLink } from "../components/live/link.ts";
import { useIsNow } from "../components/live/use_live.ts";
import { useRefreshed } from "../components/live/use_refreshed.ts";
import { statusGroups } from "../components/status/status_items.ts";
import { StatusView } from "../components/status/status_view.tsx";
import type { StatusWords } from "../components/status/status_words.ts";
import type { Health } from "../core/wire/health.ts";
import type { SessionPayload } from "../core/wire/session.ts";
import { healthFacts, socketFacts, type SystemFacts } from "../core/wire/system_facts.ts";

/** A session is archived once a day. */
const SESSION_MS = 60_000;

export interface LiveStatusProps {
  readonly link: LiveLink;
  readonly words: StatusWords;
  readonly facts: SystemFacts;
}

/** The state of the server, asked for again and again. */
function LiveStatus({ link, words, facts }: LiveStatusProps) {
  const { health, figures, sockets, session } = facts;
  const own = useRefreshed(
    { link, url: "/health", isOfServer: true },
    { health, figures },
    (body) => healthFacts(body as Health),
  ).value;
  const way = useRefreshed(
    { link, url: "/api/ws/health", isOfServer: true },
    sockets,
    (body) => socketFacts(body as SystemFacts["sockets"]),
  ).value;
  const last = useRefreshed(
    { link, url: "/api/market/session", everyMs: SESSION_MS, isOfServer: true },
    session,
    (body) => (body as SessionPayload).last_session,
  ).value;
  const isNow = useIsNow(link);
  const newest: SystemFacts = { ...own.data, sockets: way.data, session: last.data };
  return (
    <>
      {!isNow && <p class="notice" role="status">{words.notTheMinute}</p>}
      {(own.isOld || way.isOld) && <p class="notice bad" role="status">{words.isOld}</p>}
      <StatusView
        groups={statusGroups(newest, { words, style: link.style })}
        words={words}
      />
    </>
  );
}

export default guarded(LiveStatus);
