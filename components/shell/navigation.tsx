import type { JSX } from "preact";
import { type PageName, PAGES } from "../pages.ts";
import type { ShellWords } from "./shell_words.ts";

/** Strokes of a 24-unit square. */
const ICONS: Readonly<Record<PageName, string>> = {
  board: "M4 5h16M4 10h16M4 15h16M4 20h16M9 5v15",
  market: "M4 19l5-7 4 4 7-10M15 6h5v5",
  foreign: "M12 3a9 9 0 100 18 9 9 0 000-18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
  volume: "M5 20V11M10 20V5M15 20v-6M20 20V8",
  derivatives: "M4 18c5 0 6-12 10-12 3 0 4 6 6 6M4 6v14h16",
  signals: "M6 17V11a6 6 0 0112 0v6l2 2H4zM10 21h4",
  status: "M3 12h4l3-7 4 14 3-7h4",
};

interface NavigationProps {
  readonly words: ShellWords;
  readonly current: PageName;
  /** The earlier minute that the pages show; null for now. */
  readonly at: string | null;
}

/** Links to every page: a bar at the side, or at the bottom of a phone. */
export function Navigation({ words, current, at }: NavigationProps): JSX.Element {
  return (
    <nav class="pages" aria-label={words.navigation}>
      {PAGES.map(({ name, path }) => (
        <a
          key={name}
          href={at === null ? path : `${path}?at=${at}`}
          aria-current={name === current ? "page" : undefined}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={ICONS[name]} />
          </svg>
          <span>{words.pages[name]}</span>
        </a>
      ))}
    </nav>
  );
}
