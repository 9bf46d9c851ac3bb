import type { Page } from "playwright-core";

/** Languages and themes that the application speaks. */
export type Look = { readonly lang: "vi" | "en"; readonly theme: "dark" | "light" };

/** Runs in the page. Code samples may say anything; what else a reader meets may not. */
function findBrokenWords(mayName: readonly string[]): string[] {
  const words = ["NaN", "undefined", "null", "Infinity"].filter((word) => !mayName.includes(word));
  const broken = new RegExp(
    `(^|[^\\p{L}\\d_])(${words.join("|")})([^\\p{L}\\d_]|$)|\\[object `,
    "u",
  );
  const found: string[] = [];
  const isSample = (element: Element | null) =>
    element?.closest("pre, code, script, style, template") !== null;
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = node.nodeValue ?? "";
    if (!isSample(node.parentElement) && broken.test(text)) found.push(text.trim());
  }
  for (const element of document.querySelectorAll("*")) {
    if (isSample(element)) continue;
    for (const { name, value } of element.attributes) {
      if (broken.test(value)) found.push(`${element.localName} ${name}="${value}"`);
    }
  }
  return found;
}

/** Runs in the page. */
function findPageFacts() {
  const root = document.documentElement;
  return {
    lang: root.lang,
    theme: root.dataset.theme,
    title: document.title,
    headings: document.querySelectorAll("h1").length,
    mains: document.querySelectorAll("main").length,
    text: document.body.innerText,
    width: root.scrollWidth,
  };
}

/** Runs in the page before anything of it: adds up how far its parts are moved, as CLS does. */
export function watchShifts(): void {
  let sum = 0;
  const moved: (string | undefined)[] = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & Shift)[]) {
      if (entry.hadRecentInput) continue;
      sum += entry.value;
      moved.push(...entry.sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 80)));
    }
  }).observe({ type: "layout-shift", buffered: true });
  Object.defineProperty(globalThis, "shifted", { get: () => sum });
  Object.defineProperty(globalThis, "moved", { get: () => moved.join("\n") });
}

interface Shift {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

/** What of a page is no value, in texts and attributes; words that it `mayName` are left out. */
export async function brokenWordsOf(
  page: Page,
  mayName: readonly string[] = [],
): Promise<string[]> {
  return await page.evaluate(findBrokenWords, mayName);
}

/** Runs in the page. A finger needs 44 px of height; half a pixel is lost to rounding. */
function findSmallTargets(): string[] {
  const targets = document.querySelectorAll(
    "button, summary, select, nav a, input:not(label input)",
  );
  return [...targets].flatMap((target) => {
    const { width, height } = target.getBoundingClientRect();
    const isThere = width > 0 && (target as HTMLElement).checkVisibility();
    if (!isThere || (height >= 43.5 && width >= 24)) return [];
    const size = `${Math.round(width)} × ${Math.round(height)}`;
    return [`${target.localName} "${target.textContent.trim()}" ${size}`];
  });
}

/** Controls that are too small for a finger, each with its size. */
export async function smallTargetsOf(page: Page): Promise<string[]> {
  return await page.evaluate(findSmallTargets);
}

/** What each page has to have. */
export async function pageFactsOf(page: Page): Promise<ReturnType<typeof findPageFacts>> {
  return await page.evaluate(findPageFacts);
}
