/** Tables of which a day is a partition or a chunk. */
export const DAILY_TABLES = [
  "trades",
  "foreign_snapshots",
  "index_snapshots",
  "basis_points",
] as const;
export type DailyTable = typeof DAILY_TABLES[number];
