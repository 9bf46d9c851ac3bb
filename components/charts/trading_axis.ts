const at = (hour: number, minute = 0) => hour * 3600 + minute * 60;

/** The hours of a chart of one day; the lunch break takes no room. */
const START_S = at(8, 45);
const LUNCH_S = at(11, 30);
const AFTERNOON_S = at(13);
const END_S = at(15);
const OPEN_S = END_S - START_S - (AFTERNOON_S - LUNCH_S);

/** A place on an axis: 0 is its start, 1 its end. */
export interface AxisTick {
  readonly at: number;
  readonly label: string;
  /** Left out where there is little room. */
  readonly isMinor?: boolean;
}

/** Where a second of the day stands on the axis of a trading day. */
export function placeOfSecond(second: number): number {
  const held = Math.min(END_S, Math.max(START_S, second));
  const morning = Math.min(held, LUNCH_S) - START_S;
  const afternoon = Math.max(0, held - AFTERNOON_S);
  return (morning + afternoon) / OPEN_S;
}

/** Full hours and the seam of the lunch break. */
export const TRADING_TICKS: readonly AxisTick[] = [
  { at: placeOfSecond(at(9)), label: "9:00" },
  { at: placeOfSecond(at(10)), label: "10:00" },
  { at: placeOfSecond(at(11)), label: "11:00", isMinor: true },
  { at: placeOfSecond(LUNCH_S), label: "11:30│13:00" },
  { at: placeOfSecond(at(14)), label: "14:00" },
  { at: placeOfSecond(END_S), label: "15:00" },
];
