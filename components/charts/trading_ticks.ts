import { placeOfSecond } from "./trading_axis.ts";

/** A place on an axis: 0 is its start, 1 its end. */
export interface AxisTick {
  readonly at: number;
  readonly label: string;
  /** Left out where there is little room. */
  readonly isMinor?: boolean;
}

const at = (hour: number, minute = 0) => placeOfSecond(hour * 3600 + minute * 60);

/** Full hours and the seam of the lunch break. */
export const TRADING_TICKS: readonly AxisTick[] = [
  { at: at(9), label: "9:00" },
  { at: at(10), label: "10:00" },
  { at: at(11), label: "11:00", isMinor: true },
  { at: at(11, 30), label: "11:30│13:00" },
  { at: at(14), label: "14:00" },
  { at: at(15), label: "15:00" },
];
