import type { PageWeight } from "./bytes.ts";
import type { LoadFigures } from "./loads.ts";
import type { ScrollFigures } from "./scroll.ts";
import type { StreamFigures } from "./stream.ts";

/** All that a run has measured; a part that was left out is empty or null. */
export interface WebFigures {
  readonly repeats: number;
  /** Name and version of the browser, and processors of the machine. */
  readonly browser: string;
  readonly processors: number;
  /** Programs that wanted a processor in the five minutes before the run, this one not yet. */
  readonly load: number;
  readonly weights: readonly PageWeight[];
  readonly loads: readonly LoadFigures[];
  readonly streams: readonly StreamFigures[];
  readonly scroll: ScrollFigures | null;
}

/** What the React board is called among the pages. */
export const REACT_TITLE = "React board";
