import type { OnResolveResult, Plugin, PluginBuild, ResolveOptions } from "esbuild";
import { isBuiltin } from "node:module";
import { relative } from "node:path";
import { type ImportMap, resolveBare } from "./import_map.ts";

/** What `Deno` is called in a bundle, so that a use that survives is seen. */
export const SERVER_ONLY = "__server_only_Deno__";

/** Resolves names as deno.json does, and refuses what only a server has. */
export function denoImports(map: ImportMap): Plugin {
  return {
    name: "deno-imports",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path, importer, kind, pluginData }) => {
        // Inside a package its own package.json decides.
        const ours = pluginData !== INNER && kind !== "entry-point";
        if (!ours || importer.includes("node_modules")) return undefined;
        const target = resolveBare(map, path);
        if (target?.kind === "file") return { path: target.path };
        if (target !== null) return await inPackages(build, target.name, { map, kind });
        const why = isBuiltin(path) ? "which only a server has" : "which deno.json does not name";
        return { errors: [{ text: `${relative(map.dir, importer)} imports ${path}, ${why}` }] };
      });
    },
  };
}

/** Marks our own question to esbuild, which would else come back to us. */
const INNER = Symbol("inner");

async function inPackages(
  build: PluginBuild,
  name: string,
  { map, kind }: { map: ImportMap; kind: ResolveOptions["kind"] },
): Promise<OnResolveResult> {
  const options = { resolveDir: map.dir, kind, pluginData: INNER };
  const { path, errors, sideEffects } = await build.resolve(name, options);
  return { path, errors, sideEffects };
}
