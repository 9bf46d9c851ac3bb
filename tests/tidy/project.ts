/// <reference lib="deno.unstable" />
/** A file of the project; `path` is relative to its root, `text` of a binary one is empty. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

const ROOT = new URL("../../", import.meta.url);
const BINARY = /\.(png|jpg|webp|ico|woff2|gz|br|zst|bin)$/;

/** Every file that git would keep: the tree without what .gitignore names. */
export function projectFiles(): ProjectFile[] {
  const ignored = Deno.readTextFileSync(new URL(".gitignore", ROOT)).split("\n");
  const skip = new Set([".git", ...ignored.map((line) => line.trim().replace(/\/$/, ""))]);
  const files: ProjectFile[] = [];
  const walk = (folder: string) => {
    for (const entry of Deno.readDirSync(new URL(folder, ROOT))) {
      if (skip.has(entry.name)) continue;
      const path = `${folder}${entry.name}`;
      if (entry.isDirectory) walk(`${path}/`);
      else if (entry.isFile) files.push(read(path));
    }
  };
  walk("./");
  return files.sort((a, b) => a.path < b.path ? -1 : 1);
}

function read(path: string): ProjectFile {
  const text = BINARY.test(path) ? "" : Deno.readTextFileSync(new URL(path, ROOT));
  return { path: path.replace(/^\.\//, ""), text };
}

/** The text of one file of the project. */
export function projectText(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** Whether the file is TypeScript of ours. */
export function isCode(file: ProjectFile): boolean {
  return /\.tsx?$/.test(file.path);
}

/** Visits the syntax tree of a file with Deno's own parser. */
export function visit(file: ProjectFile, visitor: Deno.lint.LintVisitor): void {
  const plugin = { name: "visit", rules: { visit: { create: () => visitor } } };
  Deno.lint.runPlugin(plugin, file.path, file.text);
}
