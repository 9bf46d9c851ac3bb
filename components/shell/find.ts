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
 * Makes ready to find some items: the function gives the best `most` for a typed text: the name
 * itself, then names that begin with it, then those that hold it, then those with a further word
 * that begins with it, then what only the inside of such a word holds; equals keep their order.
 */
export function finder<Item extends Findable>(
  items: readonly Item[],
): (typed: string, most: number) => Item[] {
  // Folding thousands of names takes longer than a key press may.
  const folded = items.map((item) => ({
    item,
    name: fold(item.name),
    hint: fold(item.hint ?? ""),
  }));
  return (typed, most) => {
    const wanted = fold(typed.trim());
    const ranked = folded.flatMap(({ item, name, hint }) => {
      const rank = rankOf(name, hint, wanted);
      return rank === null ? [] : [{ item, rank }];
    });
    return ranked.sort((a, b) => a.rank - b.rank).slice(0, most).map(({ item }) => item);
  };
}

function rankOf(name: string, hint: string, wanted: string): number | null {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(wanted)) return 2;
  if (hint.startsWith(wanted) || hint.includes(` ${wanted}`)) return 3;
  return hint.includes(wanted) ? 4 : null;
}
