/**
 * Fields of the table `limits`; a row is one security that stood at its ceiling or floor today, or
 * was matched there. The order is part of the protocol, new fields go to the end. Prices are VND or
 * points, volumes shares or contracts, values VND. null means "not there".
 */
export const LIMIT_FIELDS = [
  "exchange",
  "limit", // "ceiling" | "floor" while it stands there, else null
  "since", // exchange time at which it came there, "HH:mm:ss"
  "queue", // volume that waits at the limit price now
  "queueVal",
  "last",
  "ceil",
  "floor",
  "ceilReached", // times it came to the ceiling, and broke away from it
  "ceilBroken",
  "ceilSecs", // seconds of matching at the ceiling
  "ceilQueueMax", // the largest queue there
  "ceilMatched", // volume matched at the ceiling price
  "floorReached",
  "floorBroken",
  "floorSecs",
  "floorQueueMax",
  "floorMatched",
] as const;
export type LimitField = typeof LIMIT_FIELDS[number];
