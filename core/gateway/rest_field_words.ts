const PRICE = "VND; of futures and indices points";
const VOLUME = "shares; of futures contracts";

/** What fields hold, by their names in every answer that has them; the first that fits decides. */
const FIELD_WORDS: readonly (readonly [name: RegExp, about: string])[] = [
  [/^as_of$/, "exchange time of the newest event; null before the first"],
  [/^seq$/, "position of the data in their epoch"],
  [/^epoch$/, "positions of two epochs cannot be compared"],
  [/^data_status$/, "how far the numbers may be trusted"],
  [/^next_cursor$/, "cursor of the next page; null at the end"],
  [/^timestamp$/, "exchange time, ISO 8601 with +07:00"],
  [/^(spot|fair|estimated)_value$/, "points"],
  [/^(basis|spread|rich|contribution_(points|residual)|futures_price)$/, "points"],
  [/^(points|sum|residual|estimate|implied|difference|fair_low|fair_high)$/, "points"],
  [/^slope$/, "points a minute"],
  [/_pct(_min|_max)?$|^ratio$/, "per cent"],
  [/^advance_ratio$/, "advances of advances and declines, 0 to 1"],
  [/^rate$/, "a share of 0 to 1"],
  [/_speed$/, "shares a minute"],
  [/_acceleration$/, "shares a minute squared"],
  [/_room$/, "shares"],
  [/(^|_)volume(_\d)?$/, VOLUME],
  [/_value$|_vnd$/, "VND"],
  [/(^|_)price(_\d)?$/, PRICE],
  [/^(last|change|ref|ceiling|floor|open|high|low|close|average|prior|bid|ask)$/, PRICE],
  [/_ms$/, "milliseconds"],
  [/_seconds$/, "seconds"],
  [/_minutes$/, "minutes"],
  [/_bytes$/, "bytes"],
];

/** Schemas in which `value` is an amount of money, and not that of an index. */
const OF_MONEY = [
  ...["HistoryRow.candles", "HistoryRow.days", "HistoryRow.ticks", "SessionCertificate"],
];

/** What a field of a schema holds and in which unit; null where its name does not tell. */
export function fieldWords(schema: string, field: string): string | null {
  if (field === "value") return OF_MONEY.includes(schema) ? "VND" : "points";
  return FIELD_WORDS.find(([pattern]) => pattern.test(field))?.[1] ?? null;
}
