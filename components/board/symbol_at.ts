/** Finds the row that something in it belongs to. */
export function symbolAt(target: EventTarget | null): string | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("tr[data-symbol]") : null;
  return row?.dataset.symbol ?? null;
}
