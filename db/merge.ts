// Rules of what becomes of a row when another of its key comes, as expressions of SQL over `held`,
// the stored row, and `excluded`, the one that comes. Repeats and any order give the same.

/** Expressions of columns. */
export type Merge = Readonly<Record<string, string>>;

/** Each column by a rule over its name. */
export function each(names: readonly string[], rule: (name: string) => string): Merge {
  return Object.fromEntries(names.map((name) => [name, rule(name)]));
}

export const greatest = (name: string) => `greatest(held.${name}, excluded.${name})`;
export const least = (name: string) => `least(held.${name}, excluded.${name})`;

/** The value that comes where it is known, else the held one. */
export const filled = (name: string) => `coalesce(excluded.${name}, held.${name})`;
/** The held value where it is known. */
const kept = (name: string) => `coalesce(held.${name}, excluded.${name})`;

/** Of two rows the columns of the one that is larger (or smaller) by some expressions over `row`. */
export function ofWinner(
  names: readonly string[],
  by: readonly string[],
  comparison: ">" | ">=" | "<" = ">",
): Merge {
  const side = (alias: string) => `(${by.join(", ").replaceAll("row.", `${alias}.`)})`;
  const wins = `${side("excluded")} ${comparison} ${side("held")}`;
  return each(names, (name) => `CASE WHEN ${wins} THEN excluded.${name} ELSE held.${name} END`);
}

/**
 * Rows of the same source are merged. Of two sources the larger row by some expressions over `row` is
 * the row; where they are equal the live one is, because it was counted trade by trade.
 */
export function withinSource(merge: Merge, by: readonly string[] = []): Merge {
  const side = (alias: string) =>
    `(${[...by, "-row.source"].join(", ").replaceAll("row.", `${alias}.`)})`;
  const wins = `${side("excluded")} > ${side("held")}`;
  const of = ([name, rule]: [string, string]) => [
    name,
    `CASE WHEN excluded.source = held.source THEN ${rule}
        WHEN ${wins} THEN excluded.${name} ELSE held.${name} END`,
  ];
  return {
    ...Object.fromEntries(Object.entries(merge).map(of)),
    source: `CASE WHEN ${wins} THEN excluded.source ELSE held.source END`,
  };
}

/**
 * A day's figures: what REST tells wins wherever it tells something, and what we counted fills the
 * rest; `own` is what REST never tells. Of two rows of the same source the one that comes wins, so
 * rows of one source and day must not differ where they both tell something.
 */
export function dailyMerge(told: readonly string[], own: readonly string[]): Merge {
  const unless = (isOverruled: string) => (name: string) =>
    `CASE WHEN ${isOverruled} THEN ${kept(name)} ELSE ${filled(name)} END`;
  return {
    ...each(told, unless("excluded.source < held.source")),
    ...each(own, unless("excluded.source > held.source")),
    source: greatest("source"),
  };
}
