import { dirname, join, resolve } from "node:path";

/** The part of a deno.json that names imports. */
export interface ImportMap {
  /** Folder of the deno.json. */
  readonly dir: string;
  readonly imports: Readonly<Record<string, string>>;
}

/** Where a bare name leads: a file, or a package that node_modules holds. */
export type Target =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "package"; readonly name: string };

/** Reads the nearest deno.json at or above a folder. */
export async function findImportMap(from: string): Promise<ImportMap> {
  for (let dir = resolve(from);; dir = dirname(dir)) {
    try {
      const text = await Deno.readTextFile(join(dir, "deno.json"));
      return { dir, imports: JSON.parse(text).imports ?? {} };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    if (dirname(dir) === dir) throw new Error(`Cannot bundle: no deno.json at or above ${from}`);
  }
}

/** Resolves a bare name or an `npm:` address; null when the map does not hold it. */
export function resolveBare(map: ImportMap, specifier: string): Target | null {
  if (specifier.startsWith("npm:")) return { kind: "package", name: packageName(specifier) };
  const name = Object.keys(map.imports)
    .filter((key) => specifier === key || specifier.startsWith(key.endsWith("/") ? key : `${key}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (name === undefined) return null;
  const target = map.imports[name]! + specifier.slice(name.length);
  if (target.startsWith("npm:")) return { kind: "package", name: packageName(target) };
  return { kind: "file", path: resolve(map.dir, target) };
}

/** `npm:@a/b@1.2.3/c` is `@a/b/c` in node_modules. */
function packageName(address: string): string {
  return address.replace(/^npm:\/?((?:@[^/]+\/)?[^/@]+)(?:@[^/]*)?/, "$1");
}
