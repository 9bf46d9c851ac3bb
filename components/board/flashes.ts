import type { Direction } from "./live_row.ts";

/** WCAG 2.3.1: a cell starts a new flash at most three times a second. */
const FLASH_GAP_MS = 334;
/** A flash ends so much early where rows are painted anyway: the page then draws once, not twice. */
const EARLY_MS = 90;

/**
 * Cells of a table that are tinted for a moment because they changed. A tint comes and goes at once,
 * and that of many cells by one timer: a fading one would be drawn anew in every frame.
 */
export class Flashes {
  /** When the newest flash of each tinted cell began; the earliest first. */
  readonly #beganAtMs = new Map<Element, number>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Tints a cell; times are of the animation frame. */
  begin(cell: HTMLElement, direction: Direction, nowMs: number): void {
    const beganAtMs = this.#beganAtMs.get(cell);
    if (beganAtMs !== undefined && nowMs - beganAtMs < FLASH_GAP_MS) return;
    this.#beganAtMs.delete(cell);
    this.#beganAtMs.set(cell, nowMs);
    cell.dataset.flash = direction;
  }

  /** Ends, at a paint, the flashes that are nearly over. */
  endAtPaint(nowMs: number, lastingMs: number): void {
    this.#endBegunUntil(nowMs - lastingMs + EARLY_MS);
  }

  /** Sees to it that flashes end where no paint comes. */
  endInTime(lastingMs: number): void {
    const [earliestMs] = this.#beganAtMs.values();
    if (this.#timer !== null || earliestMs === undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#endBegunUntil(performance.now() - lastingMs);
      this.endInTime(lastingMs);
    }, earliestMs + lastingMs - performance.now());
  }

  /** Takes the tint away from the cells of a row. */
  drop(row: Element): void {
    for (const cell of row.children) {
      if (this.#beganAtMs.delete(cell)) delete (cell as HTMLElement).dataset.flash;
    }
  }

  #endBegunUntil(lastMs: number): void {
    for (const [cell, beganAtMs] of this.#beganAtMs) {
      if (beganAtMs > lastMs) return;
      this.#beganAtMs.delete(cell);
      delete (cell as HTMLElement).dataset.flash;
    }
  }
}
