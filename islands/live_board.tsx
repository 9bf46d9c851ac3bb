import { useEffect, useState } from "preact/hooks";
import type { PainterSetup } from "../components/board/board_painter.ts";
import { BoardSession } from "../components/board/board_session.ts";
import { TABS } from "../components/board/board_tabs.ts";
import { ColumnChooser } from "../components/board/column_chooser.tsx";
import { columnsCookie } from "../components/board/column_sets.ts";
import type { ToolWords } from "../components/board/tool_words.ts";
import { WatchTools } from "../components/board/watch_tools.tsx";
import type { LiveLink } from "../components/live/link.ts";

const COOKIE_AGE_S = 365 * 24 * 3600;

export interface LiveBoardProps extends Omit<PainterSetup, "pin" | "style" | "lang"> {
  readonly link: LiveLink;
  readonly tools: ToolWords;
  /** What an empty list of one's own may begin with. */
  readonly suggestions: readonly string[];
}

/** The tools of the board, and the hand that keeps board and index strip moving. */
export default function LiveBoard({ link, tools, suggestions, ...setup }: LiveBoardProps) {
  const { tab, words } = setup;
  const { kind } = TABS[tab];
  const [keys, setKeys] = useState(setup.keys);
  const [session, setSession] = useState<BoardSession | null>(null);
  useEffect(() => {
    const { lang, style, unit } = link;
    const opened = new BoardSession(link, {
      ...setup,
      ...{ lang, pin: tools.pin, style: { ...style, priceScale: unit } },
    });
    setSession(opened);
    return () => opened.close();
  }, []);
  const choose = (keys: readonly string[]) => {
    setKeys(keys);
    session?.painter.view.setKeys(keys);
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
      <ColumnChooser kind={kind} keys={keys} words={words} tools={tools} onKeys={choose} />
      {tab === "watch" && (
        <WatchTools
          symbols={session?.watchlist.symbols.value ?? []}
          unknown={session?.unknown.value ?? []}
          suggestions={suggestions}
          tools={tools}
          onAdd={(symbols) => session?.watchlist.add(symbols)}
          onReplace={(symbols) => session?.watchlist.replace(symbols)}
        />
      )}
    </div>
  );
}
