import type { Metafile, Plugin } from "esbuild";
import { extname, join } from "node:path";

/** The name under which scripts import what most pages need. */
const COMMON = "fresh:common";

/** What most pages need, and the scripts that use any of it; paths are relative to the root. */
export interface Common {
  readonly modules: readonly string[];
  readonly users: readonly string[];
}

/** Scripts of a site, relative to the root. */
interface Scripts {
  readonly boot: string;
  readonly islands: readonly string[];
  /** Islands on every page. */
  readonly framed: readonly string[];
}

/**
 * Finds what the islands of every page and most of the others need at once. esbuild makes a chunk
 * for each set of scripts that share a module: dozens of some hundred bytes, each compressed alone.
 */
export function findCommon(
  { inputs, outputs }: Metafile,
  { boot, islands, framed }: Scripts,
): Common {
  const uses = new Map<string, number>();
  for (const island of islands) {
    const weight = framed.includes(island) ? islands.length : 1;
    for (const module of reachedFrom(inputs, island)) {
      uses.set(module, (uses.get(module) ?? 0) + weight);
    }
  }
  const entries = new Set(Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? []));
  const modules = [...uses.keys()]
    .filter((module) => uses.get(module)! > islands.length / 2 && !entries.has(module)).sort();
  const isCommon = new Set(modules);
  const users = [...entries.add(boot)].filter((entry) =>
    [...reachedFrom(inputs, entry)].some((module) => isCommon.has(module))
  );
  return { modules, users };
}

function reachedFrom(inputs: Metafile["inputs"], entry: string): Set<string> {
  const reached = new Set<string>();
  const visit = (module: string): void => {
    if (reached.has(module)) return;
    reached.add(module);
    for (const { path, kind, external } of inputs[module]!.imports) {
      if (kind === "import-statement" && !external) visit(path);
    }
  };
  visit(entry);
  return reached;
}

/** Makes every user import all that is common, so that esbuild sees one set and makes one chunk. */
export function commonChunk({ modules, users }: Common, root: string): Plugin {
  const paths = new Set(users.map((user) => join(root, user)));
  return {
    name: "common-chunk",
    setup(build) {
      const filter = new RegExp(`^${COMMON}$`);
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: COMMON }));
      build.onLoad({ filter, namespace: COMMON }, () => ({
        contents: modules.map((module) => `import ${JSON.stringify(`./${module}`)};`).join("\n"),
        resolveDir: root,
      }));
      build.onLoad({ filter: /\.[jt]sx?$/ }, async ({ path }) => {
        if (!paths.has(path)) return undefined;
        const source = await Deno.readTextFile(path);
        const loader = extname(path).slice(1) as "ts" | "tsx" | "js" | "jsx";
        return { contents: `${source}\nimport "${COMMON}";`, loader };
      });
    },
  };
}
