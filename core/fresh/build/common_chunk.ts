import type { Metafile, Plugin } from "esbuild";
import { join } from "node:path";

/** The name under which the entries import what most of them share. */
const COMMON = "fresh:common";

/** What most islands share, and the scripts that use any of it; paths are relative to the root. */
export interface Common {
  readonly modules: readonly string[];
  readonly users: ReadonlySet<string>;
}

/**
 * Finds what most of the islands need at once. esbuild makes a chunk for each set of scripts that
 * share a module, which here is dozens of chunks of some hundred bytes, each compressed by itself.
 */
export function findCommon(
  { inputs, outputs }: Metafile,
  { boot, islands }: { boot: string; islands: readonly string[] },
): Common {
  const uses = new Map<string, number>();
  for (const island of islands) {
    for (const module of reachedFrom(inputs, island)) {
      uses.set(module, (uses.get(module) ?? 0) + 1);
    }
  }
  const isEntry = new Set(Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? []));
  const modules = [...uses].flatMap(([module, count]) =>
    count > islands.length / 2 && !isEntry.has(module) ? [module] : []
  ).sort();
  const isCommon = new Set(modules);
  const users = [boot, ...isEntry].filter((entry) =>
    [...reachedFrom(inputs, entry)].some((module) => isCommon.has(module))
  );
  return { modules, users: new Set(users) };
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

/** Makes every user import all that is common, so that esbuild puts it into one chunk. */
export function commonChunk({ modules, users }: Common, root: string): Plugin {
  const paths = new Set([...users].map((user) => join(root, user)));
  return {
    name: "common-chunk",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${COMMON}$`) }, ({ path }) => ({
        path,
        namespace: COMMON,
      }));
      build.onLoad({ filter: /.*/, namespace: COMMON }, () => ({
        contents: modules.map((module) => `import ${JSON.stringify(`./${module}`)};`).join("\n"),
        resolveDir: root,
      }));
      build.onLoad({ filter: /\.[jt]sx?$/ }, async ({ path }) => {
        if (!paths.has(path)) return undefined;
        const source = await Deno.readTextFile(path);
        const loader = /\.([jt]sx?)$/.exec(path)![1] as "ts";
        return { contents: `${source}\nimport "${COMMON}";`, loader };
      });
    },
  };
}
