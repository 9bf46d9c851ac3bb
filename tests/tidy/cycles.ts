/// <reference lib="deno.unstable" />
import { dirname, join } from "node:path/posix";
import { isCode, type ProjectFile, visit } from "./project.ts";

/** Paths that each file imports, among the files given; types count as well. */
export function importGraph(files: readonly ProjectFile[]): Map<string, string[]> {
  const code = files.filter(isCode);
  const known = new Set(code.map((file) => file.path));
  const graph = new Map<string, string[]>();
  for (const file of code) {
    const targets: string[] = [];
    const add = (specifier: unknown) => {
      if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
      const target = join(dirname(file.path), specifier);
      if (known.has(target)) targets.push(target);
    };
    visit(file, {
      ImportDeclaration: (node) => add(node.source.value),
      ExportAllDeclaration: (node) => add(node.source.value),
      ExportNamedDeclaration: (node) => add(node.source?.value),
      ImportExpression: (node) => add(node.source.type === "Literal" && node.source.value),
    });
    graph.set(file.path, targets);
  }
  return graph;
}

/** One cycle as the list of files on it, first and last the same; null when there is none. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const trail: string[] = [];
  const search = (path: string): string[] | null => {
    const start = trail.indexOf(path);
    if (start !== -1) return [...trail.slice(start), path];
    if (done.has(path)) return null;
    trail.push(path);
    for (const target of graph.get(path) ?? []) {
      const cycle = search(target);
      if (cycle !== null) return cycle;
    }
    trail.pop();
    done.add(path);
    return null;
  };
  for (const path of graph.keys()) {
    const cycle = search(path);
    if (cycle !== null) return cycle;
  }
  return null;
}
