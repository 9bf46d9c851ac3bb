/** Which rows of a list are in the page, from `first` up to `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Lists up to this length are in the page as a whole. */
const WHOLE_ROWS_MAX = 100;
/** Rows kept above and below those in sight at least, so that scrolling meets painted ones. */
const SPARE_ROWS = 8;
/** The window moves by so many rows at a time, and stays as it is between two steps. */
const STEP_ROWS = 8;

/** The window of a list of `count` rows of `rowPx` whose part from `topPx` on is in sight. */
export function windowOf(
  count: number,
  { rowPx, topPx, heightPx }: { rowPx: number; topPx: number; heightPx: number },
): RowWindow {
  if (count <= WHOLE_ROWS_MAX || rowPx === 0) {
    return { first: 0, end: Math.min(count, WHOLE_ROWS_MAX) };
  }
  const top = Math.min(Math.max(0, Math.floor(topPx / rowPx)), count - 1);
  const step = top - top % STEP_ROWS;
  // Both ends move at once: rows come and go in the same frame, and no other frame lays out a table.
  return {
    first: Math.max(0, step - SPARE_ROWS),
    end: Math.min(count, step + STEP_ROWS + Math.ceil(heightPx / rowPx) + SPARE_ROWS),
  };
}
