import type { ReadonlySignal } from "@preact/signals";
import { AT_PARAMETER } from "../../core/wire/moment.ts";

/**
 * Makes links to other pages show the minute that this one shows; gives the end of that. A link with
 * `data-moment` leads to a moment of its own.
 */
export function keepMomentInLinks(at: ReadonlySignal<string | null>): () => void {
  const onPress = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
    if (link === null || link.origin !== location.origin) return;
    const url = new URL(link.href);
    if (/^\/(api|health)/.test(url.pathname) || link.dataset.moment !== undefined) return;
    if (at.peek() === null) url.searchParams.delete(AT_PARAMETER);
    else url.searchParams.set(AT_PARAMETER, at.peek()!);
    link.href = url.href;
  };
  const presses = ["click", "auxclick"];
  for (const press of presses) document.addEventListener(press, onPress, { capture: true });
  return () => {
    for (const press of presses) document.removeEventListener(press, onPress, { capture: true });
  };
}
