import { useEffect, useState } from "preact/hooks";
import {
  type BoardSession,
  openBoard,
  type SessionSetup,
} from "../components/board/board_session.ts";
import { columnsCookie, TABS } from "../components/board/board_tabs.ts";
import type { BoardWords } from "../components/board/board_words.ts";
import type { ToolWords } from "../components/board/tool_words.ts";
import { ownWatchlist, WATCHLIST_MAX } from "../components/board/watchlist.ts";
import { fill } from "../components/fill.ts";
import { guarded } from "../components/guarded.tsx";
import type { LiveLink } from "../components/live/link.ts";
import { useLater } from "../components/live/use_later.ts";

const COOKIE_AGE_S = 365 * 24 * 3600;

export interface LiveBoardProps extends Omit<SessionSetup, "pin" | "style"> {
  readonly link: LiveLink;
  /** Keys of the columns that the HTML shows. */
  readonly keys: readonly string[];
  readonly words: BoardWords;
  readonly tools: ToolWords;
}

/** The tools of the board, and the hand that keeps board and index strip moving. */
function LiveBoard({ link, words, tools, ...setup }: LiveBoardProps) {
  const { kind } = TABS[setup.tab];
  const [keys, setKeys] = useState(setup.keys);
  const [isChoosing, setChoosing] = useState(false);
  const [panel, isMissing] = useLater(
    () => import("../components/board/column_choice.tsx"),
    isChoosing,
  );
  const [session, setSession] = useState<BoardSession | null>(null);
  useEffect(() => {
    const style = { ...link.style, priceScale: link.unit };
    const opening = openBoard(link, { ...setup, style, pin: tools.pin });
    opening.then(setSession, reportError);
    return () => void opening.then((opened) => opened.close());
  }, []);
  const leftOut = session === null ? [] : ownWatchlist().leftOut.value;
  const choose = (keys: readonly string[]) => {
    setKeys(keys);
    if (session !== null) panel?.showColumns(session.painter.view, { kind, keys, words });
    // The server reads it, so that the next page begins with these columns.
    document.cookie = `${columnsCookie(kind)}=${
      keys.join(".")
    }; Path=/; Max-Age=${COOKIE_AGE_S}; SameSite=Lax`;
  };
  return (
    <div class="board-tools">
      <input
        class="field live-only"
        type="search"
        aria-label={tools.find}
        placeholder={tools.find}
        onInput={({ currentTarget }) =>
          session?.painter.view.find(currentTarget.value.trim().toUpperCase())}
      />
      <details
        class="chooser live-only"
        onToggle={({ currentTarget }) => setChoosing(currentTarget.open)}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== "Escape") return;
          currentTarget.open = false;
          currentTarget.querySelector("summary")!.focus();
        }}
      >
        <summary class="button">{tools.columns}</summary>
        {isMissing && <p role="alert">{tools.notLoaded}</p>}
        {panel !== null && (
          <panel.ColumnChoice
            {...{ kind, keys, words, tools }}
            onKeys={choose}
          />
        )}
      </details>
      <div class="toasts" role="status">
        {leftOut.length > 0 && (
          // Each refusal is a text of its own, which is shown and read out anew.
          <p key={leftOut} class="fading">
            {fill(tools.full, { max: WATCHLIST_MAX, symbols: leftOut.join(", ") })}
          </p>
        )}
      </div>
    </div>
  );
}

export default guarded(LiveBoard);
