import type { Direction } from "./live_row.ts";

/** WCAG 2.3.1: a cell starts a new flash at most three times a second. */
const FLASH_GAP_MS = 334;
/** A flash ends so much early where rows are painted anyway: the page then draws once, not twice. */
const EARLY_MS = 90;

/**
 * Cells of a table that are tinted for a moment because they changed. A tint comes and goes at once,
 * and those of a paint by one timer: a fading one would be drawn anew in every frame.
 */
export class Flashes {
  /** When the newest flash of each tinted cell began. */
  readonly #beganAtMs = new Map<Element, number>();

  /** Goes before a paint, at the time of its animation frame: tints are to last so long. */
  nextPaint(nowMs: number, lastingMs: number): void {
    this.#end(nowMs - lastingMs + EARLY_MS);
    setTimeout(() => this.#end(nowMs), lastingMs);
  }

  /** Tints a cell. */
  begin(cell: HTMLElement, direction: Direction, nowMs: number): void {
    if (nowMs - (this.#beganAtMs.get(cell) ?? -Infinity) < FLASH_GAP_MS) return;
    this.#beganAtMs.set(cell, nowMs);
    cell.dataset.flash = direction;
  }

  /** Takes the tint away from a cell. */
  drop(cell: Element): void {
    if (this.#beganAtMs.delete(cell)) cell.removeAttribute("data-flash");
  }

  #end(begunUntilMs: number): void {
    for (const [cell, beganAtMs] of this.#beganAtMs) {
      if (beganAtMs <= begunUntilMs) this.drop(cell);
    }
  }
}
