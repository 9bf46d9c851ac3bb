import type { ComponentChildren } from "preact";

export interface HeadProps {
  children?: ComponentChildren;
}

/** Takes what `<Head>` holds while a page is rendered; absent in the browser. */
let sink: ((children: ComponentChildren) => void) | null = null;

/** Sets who receives the children of `<Head>` until it is set to null again. */
export function setHeadSink(next: typeof sink): void {
  sink = next;
}

/**
 * Moves its children into the page's `<head>`, replacing a title, meta or keyed element of the same
 * name.
 */
export function Head(props: HeadProps): null {
  sink?.(props.children);
  return null;
}
