import { dirname, join } from "node:path/posix";
import type { ProjectFile } from "./project.ts";

/** The text outside fenced code. */
function prose(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
}

/** Anchors of a page's headings, as the usual renderers make them. */
function anchors(markdown: string): Set<string> {
  const headings = prose(markdown).matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, title]) =>
      title!.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
    ),
  );
}

/** Links of Markdown pages to files or headings that do not exist. */
export function brokenLinks(files: readonly ProjectFile[]): string[] {
  const texts = new Map(files.map((file) => [file.path, file.text]));
  const folders = new Set(files.map((file) => dirname(file.path)));
  const broken: string[] = [];
  for (const file of files.filter((file) => file.path.endsWith(".md"))) {
    for (const [, link] of prose(file.text).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)) {
      if (/^[a-z]+:/.test(link!)) continue;
      const [path = "", anchor] = link!.split("#");
      const target = path === "" ? file.path : join(dirname(file.path), path).replace(/\/$/, "");
      const text = texts.get(target);
      const isThere = text !== undefined || folders.has(target);
      if (!isThere || anchor !== undefined && !anchors(text ?? "").has(anchor)) {
        broken.push(`${file.path}: ${link}`);
      }
    }
  }
  return broken;
}
