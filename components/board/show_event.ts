/** Fired at the document with a symbol: a line of the board is wanted in sight, with the focus. */
const SHOW_EVENT = "board:show";

/** Asks the board of this page for a line; false where there is no board, or no such line on it. */
export function showOnBoard(symbol: string): boolean {
  const wish = new CustomEvent(SHOW_EVENT, { detail: symbol, cancelable: true });
  return !document.dispatchEvent(wish);
}

/** Hears such wishes until `signal` ends it; `show` tells whether it had the line. */
export function onShowWish(show: (symbol: string) => boolean, signal: AbortSignal): void {
  document.addEventListener(SHOW_EVENT, (event) => {
    if (show((event as CustomEvent<string>).detail)) event.preventDefault();
  }, { signal });
}
