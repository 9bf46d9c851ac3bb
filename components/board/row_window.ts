/** Which rows of a list are in the page, from `first` up to `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Lists up to this length are in the page as a whole. */
const WHOLE_ROWS_MAX = 100;
/** Rows kept above and below those in sight, so that scrolling meets painted ones. */
const SPARE_ROWS = 12;
/** The window moves by so many rows at a time. */
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
  const above = Math.max(0, top - SPARE_ROWS);
  const end = Math.min(count, top + Math.ceil(heightPx / rowPx) + SPARE_ROWS + STEP_ROWS);
  return { first: above - above % STEP_ROWS, end };
}
