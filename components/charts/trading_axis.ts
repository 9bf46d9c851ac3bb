const at = (hour: number, minute = 0) => hour * 3600 + minute * 60;

/** The hours of a chart of one day; the lunch break takes no room. */
const START_S = at(8, 45);
const LUNCH_S = at(11, 30);
const AFTERNOON_S = at(13);
const END_S = at(15);
const OPEN_S = END_S - START_S - (AFTERNOON_S - LUNCH_S);

/** Where a second of the day stands on the axis of a trading day. */
export function placeOfSecond(second: number): number {
  const held = Math.min(END_S, Math.max(START_S, second));
  const morning = Math.min(held, LUNCH_S) - START_S;
  const afternoon = Math.max(0, held - AFTERNOON_S);
  return (morning + afternoon) / OPEN_S;
}
