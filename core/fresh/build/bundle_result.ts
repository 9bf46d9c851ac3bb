import type { Metafile, OutputFile } from "esbuild";
import { basename, join, relative, sep } from "node:path";
import type { Script } from "../manifest.ts";
import { SERVER_ONLY } from "./esbuild_plugin.ts";

/** Where the browser finds the bundles. */
export const JS_PREFIX = "/_fresh/js/";

/** Gives the script that a source file became, with every chunk it needs before it runs. */
export function scriptOf(
  { outputs }: Metafile,
  { root, path }: { root: string; path: string },
): Script {
  const source = sourceName(root, path);
  const name = Object.keys(outputs).find((key) => outputs[key]!.entryPoint === source);
  if (name === undefined) throw new Error(`esbuild gave no output for ${source}`);
  const needed = new Set<string>();
  const visit = (output: string): void => {
    for (const { path, kind, external } of outputs[output]!.imports) {
      if (kind !== "import-statement" || external || needed.has(path)) continue;
      needed.add(path);
      visit(path);
    }
  };
  visit(name);
  return { url: address(name), imports: [...needed].map(address) };
}

/** Names a source file as a metafile does. */
export function sourceName(root: string, path: string): string {
  return relative(root, path).replaceAll(sep, "/");
}

function address(output: string): string {
  return JS_PREFIX + basename(output);
}

/** Names the sources through which a use of `Deno` came into a bundle. */
export async function serverOnlyUses(
  { outputs }: Metafile,
  { root, outputs: files }: { root: string; outputs: readonly OutputFile[] },
): Promise<string[]> {
  const uses = new Set<string>();
  for (const { path, text } of files) {
    if (!text.includes(SERVER_ONLY)) continue;
    const output = Object.keys(outputs).find((key) => basename(key) === basename(path))!;
    for (const [input, { bytesInOutput }] of Object.entries(outputs[output]!.inputs)) {
      const source = bytesInOutput > 0 ? await Deno.readTextFile(join(root, input)) : "";
      if (/\bDeno\b/.test(source)) uses.add(input);
    }
  }
  return [...uses];
}
