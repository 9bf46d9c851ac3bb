/** Something that can be found by its name. */
export interface Findable {
  readonly name: string;
  /** Further words to find it by. */
  readonly hint?: string;
}

/** Text as it is compared: lower case, without the marks of Vietnamese. */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

/**
 * The best `most` of some items for a typed text: the name itself, then names that begin with it,
 * then those that hold it, then what only a hint holds; equals keep their order.
 */
export function find<Item extends Findable>(
  items: readonly Item[],
  typed: string,
  most: number,
): Item[] {
  const wanted = fold(typed.trim());
  const ranked = items.flatMap((item) => {
    const rank = rankOf(item, wanted);
    return rank === null ? [] : [{ item, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, most).map(({ item }) => item);
}

function rankOf({ name, hint = "" }: Findable, wanted: string): number | null {
  const text = fold(name);
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (text.includes(wanted)) return 2;
  return fold(hint).includes(wanted) ? 3 : null;
}
