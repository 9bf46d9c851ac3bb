import { symbolAt } from "./symbol_at.ts";

/** What a reader does to rows by keyboard. */
export interface RowWalk {
  /** Rows in their order, and how many of them are in sight at once. */
  symbols(): readonly string[];
  rowsInSight(): number;
  /** Brings a row into sight and gives its first cell. */
  show(symbol: string): HTMLElement | null;
  pin(symbol: string): void;
  /** Moves a row up (-1) or down (1), where the reader makes the order. */
  move(symbol: string, by: -1 | 1): void;
}

/** Lets keys walk along rows, pin them and move them; `box` is what they scroll in. */
export function attachWalk(box: HTMLElement, walk: RowWalk, signal: AbortSignal): void {
  /** The row last walked to: where the keys go on when it scrolled out of the page. */
  let current: string | null = null;
  box.addEventListener("focusin", (event) => {
    current = symbolAt(event.target) ?? (event.target === box ? current : null);
  }, { signal });
  box.addEventListener("keydown", (event) => {
    const symbol = symbolAt(event.target) ?? (event.target === box ? current : null);
    if (symbol === null || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      // On a link or a button the key keeps its own meaning.
      if (event.target instanceof HTMLTableCellElement) walk.pin(symbol);
      return;
    }
    if (event.altKey) {
      if (event.key === "ArrowUp") walk.move(symbol, -1);
      else if (event.key === "ArrowDown") walk.move(symbol, 1);
      else return;
      event.preventDefault();
      return;
    }
    const target = targetOf(walk, symbol, event.key);
    if (target === undefined) return;
    event.preventDefault();
    walk.show(target)?.focus();
  }, { signal });
}

function targetOf(walk: RowWalk, symbol: string, key: string): string | undefined {
  const symbols = walk.symbols();
  const at = symbols.indexOf(symbol);
  const last = symbols.length - 1;
  const places: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: Math.min(last, at + walk.rowsInSight()),
    PageUp: Math.max(0, at - walk.rowsInSight()),
    Home: 0,
    End: last,
  };
  return symbols[places[key] ?? -1];
}

/** Lets a press on a star, or two on a row, pin it. */
export function attachPins(
  body: HTMLElement,
  onPin: (symbol: string) => void,
  signal: AbortSignal,
): void {
  const pin = (target: EventTarget | null) => {
    const symbol = symbolAt(target);
    if (symbol !== null) onPin(symbol);
  };
  const isStar = (target: EventTarget | null) =>
    target instanceof Element && target.closest(".star") !== null;
  body.addEventListener("click", ({ target }) => isStar(target) && pin(target), { signal });
  // Two presses on a star have pinned and unpinned already.
  body.addEventListener("dblclick", ({ target }) => isStar(target) || pin(target), { signal });
}
