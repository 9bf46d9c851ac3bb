/** Figures by name; counters end in `_total`. */
export type Figures = Readonly<Record<string, number>>;

/** Figures of several hubs as those of one: counts are added up, of times the longest is taken. */
export function addFigures(parts: readonly Figures[]): Figures {
  const all: Record<string, number> = {};
  for (const figures of parts) {
    for (const [name, value] of Object.entries(figures)) {
      const before = all[name] ?? 0;
      all[name] = name.endsWith("_ms") ? Math.max(before, value) : before + value;
    }
  }
  return all;
}

/** The counters among figures, which go on from where they were when their worker is gone. */
export function countersOf(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => name.endsWith("_total")));
}
