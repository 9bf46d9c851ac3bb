/// <reference lib="dom" />
import { type ComponentType, h, render } from "preact";
import { setAssetKey } from "../asset.ts";
import type { Entry } from "../props_format.ts";
import { revive } from "../revive.ts";
import { rootBetween } from "./root.ts";

/** What the server leaves in the page for the islands on it. */
export interface PageData {
  readonly assetKey: string;
  /** Address of each island's module. */
  readonly modules: readonly string[];
  /** Table of all islands' props. */
  readonly props: readonly Entry[];
}

boot(JSON.parse(document.getElementById("__fresh")!.textContent!));

function boot(data: PageData): void {
  setAssetKey(data.assetKey);
  const props = revive(data.props) as object[];
  const ends: Comment[] = [];
  const starts: Comment[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const comment = walker.currentNode as Comment;
    if (comment.data === "/fresh") ends.push(comment);
    else if (comment.data.startsWith("fresh:")) starts.push(comment);
  }
  // Islands do not nest, so the n-th start belongs to the n-th end and to the n-th props.
  starts.forEach((start, n) => wake(start, ends[n]!, data.modules, props[n]!));
}

async function wake(
  start: Comment,
  end: Comment,
  modules: readonly string[],
  props: object,
): Promise<void> {
  const [, index, exportName] = start.data.split(":");
  try {
    const module = await import(modules[Number(index)]!);
    const root = rootBetween(start, end);
    render(h(module[exportName!] as ComponentType, props), root);
  } catch (error) {
    start.before(notice());
    reportError(error);
  }
}

/** The server's HTML stays readable; the reader must know that it no longer moves. */
function notice(): Element {
  const element = document.createElement("p");
  element.setAttribute("role", "alert");
  element.className = "island-failed";
  element.textContent = document.documentElement.lang.startsWith("vi")
    ? "Phần này không tải được và không cập nhật nữa. Hãy tải lại trang."
    : "This part could not be loaded and no longer updates. Reload the page.";
  return element;
}
