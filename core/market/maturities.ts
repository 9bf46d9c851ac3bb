/** The four listed contracts of an index as they expire: two months, then two quarters. */
export const MATURITIES: readonly string[] = ["1M", "2M", "1Q", "2Q"];
