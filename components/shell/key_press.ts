/** What a key of the keyboard asks for on any page. */
export type KeyAsk =
  | { readonly ask: "find"; readonly text: string }
  | { readonly ask: "help" }
  | { readonly ask: "page"; readonly at: number }
  /** `P` alone pauses; with another letter behind it it begins a symbol. */
  | { readonly ask: "pauseOrFind" };

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Whether a press writes a character. */
export function isText({ key, ctrlKey, metaKey, altKey }: Press): boolean {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey;
}

/** Reads a key press outside of fields; null for keys that pages leave alone. */
export function readKey({ key, ctrlKey, metaKey, altKey }: Press): KeyAsk | null {
  if ((ctrlKey || metaKey) && !altKey) {
    return key.toLowerCase() === "k" ? { ask: "find", text: "" } : null;
  }
  if (altKey) return null;
  if (key === "/") return { ask: "find", text: "" };
  if (key === "?") return { ask: "help" };
  if (/^[1-9]$/.test(key)) return { ask: "page", at: Number(key) - 1 };
  if (/^p$/i.test(key)) return { ask: "pauseOrFind" };
  return /^[a-z]$/i.test(key) ? { ask: "find", text: key.toUpperCase() } : null;
}

/** Whether the element with the focus takes letters itself. */
export function takesText(element: Element | null): boolean {
  return element instanceof HTMLElement &&
    (element.isContentEditable || element.matches("input, textarea, select, dialog *"));
}
