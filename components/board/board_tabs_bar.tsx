import type { JSX } from "preact";
import { boardHref, TAB_NAMES, type TabName } from "./board_tabs.ts";
import type { BoardWords } from "./board_words.ts";

interface BoardTabsProps {
  readonly current: TabName;
  readonly words: BoardWords;
}

/** The lists of the board as links, so that they work without JavaScript too. */
export function BoardTabs({ current, words }: BoardTabsProps): JSX.Element {
  return (
    <nav class="tabs" aria-label={words.tabs}>
      {TAB_NAMES.map((tab) => (
        <a key={tab} href={boardHref(tab)} aria-current={tab === current ? "page" : undefined}>
          {words.tab[tab]}
        </a>
      ))}
    </nav>
  );
}
