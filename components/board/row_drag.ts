import { symbolAt } from "./symbol_at.ts";

/** Pixels after which a press on a symbol is a drag. */
const DRAG_PX = 5;

/** Lets rows be dragged by their first cell; `onDrop` gets both symbols. */
export function attachDrag(
  body: HTMLElement,
  onDrop: (symbol: string, target: string) => void,
  signal: AbortSignal,
): void {
  let drag: { symbol: string; y: number; hasMoved: boolean } | null = null;
  const mark = (symbol: string | null) => {
    for (const row of body.querySelectorAll<HTMLElement>("[data-drop]")) delete row.dataset.drop;
    if (symbol === null) return;
    const row = body.querySelector<HTMLElement>(`[data-symbol="${symbol}"]`);
    if (row !== null) row.dataset.drop = "";
  };
  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ) => body.addEventListener(name, listener, { signal });

  listen("pointerdown", (event) => {
    const head = event.target instanceof Element ? event.target.closest("th") : null;
    const symbol = symbolAt(head);
    if (symbol === null || event.button !== 0) return;
    drag = { symbol, y: event.clientY, hasMoved: false };
  });
  // A link is dragged by the browser itself unless it is told not to.
  listen("dragstart", (event) => event.preventDefault());
  listen("pointermove", (event) => {
    if (drag === null || event.buttons === 0) return;
    drag.hasMoved ||= Math.abs(event.clientY - drag.y) > DRAG_PX;
    if (drag.hasMoved) mark(symbolAt(document.elementFromPoint(event.clientX, event.clientY)));
  });
  listen("pointerup", (event) => {
    const target = symbolAt(document.elementFromPoint(event.clientX, event.clientY));
    if (drag?.hasMoved && target !== null && target !== drag.symbol) onDrop(drag.symbol, target);
    mark(null);
  });
  listen("pointercancel", () => {
    drag = null;
    mark(null);
  });
  // The press that ends a drag opens no page.
  listen("click", (event) => {
    if (drag?.hasMoved) event.preventDefault();
    drag = null;
  });
}
