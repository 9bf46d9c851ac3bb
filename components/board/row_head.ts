import type { BoardLine } from "./board_line.ts";

export interface HeadMarks {
  /** Name of the button that pins a line. */
  readonly pin: string;
  readonly isPinned: boolean;
  /** Whether the Tab key comes to this line; arrows lead on from it. */
  readonly isStop: boolean;
}

/** Finishes the first cell of a line: its star, its place among the keys, its kind. */
export function decorateHead(
  head: HTMLElement,
  line: BoardLine,
  { pin, isPinned, isStop }: HeadMarks,
): void {
  const { classList } = head.parentElement!;
  classList.toggle("sum", line.sum !== undefined);
  classList.toggle("pinned", isPinned);
  const tabIndex = isStop ? 0 : -1;
  // Only what differs is written: thousands of lines pass by while a reader scrolls.
  if (head.getAttribute("tabindex") !== String(tabIndex)) head.tabIndex = tabIndex;
  const link = head.querySelector("a");
  if (link === null) return;
  if (link.getAttribute("tabindex") !== String(tabIndex)) link.tabIndex = tabIndex;
  const star = head.querySelector<HTMLButtonElement>(".star") ?? newStar(head, pin);
  if (star.ariaPressed !== String(isPinned)) star.ariaPressed = String(isPinned);
}

function newStar(head: HTMLElement, name: string): HTMLButtonElement {
  const star = document.createElement("button");
  star.type = "button";
  star.className = "star live-only";
  star.tabIndex = -1;
  star.ariaLabel = name;
  head.append(star);
  return star;
}
