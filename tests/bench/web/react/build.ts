import * as esbuild from "esbuild";
import { fileURLToPath } from "node:url";
import { denoImports } from "../../../../core/fresh/build/esbuild_plugin.ts";
import { withEsbuild } from "../../../../core/fresh/build/esbuild_service.ts";
import { findImportMap } from "../../../../core/fresh/build/import_map.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const fileAt = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The script and the style sheet of the React board, as small as esbuild makes them. */
export async function buildReactBoard(): Promise<{ script: Uint8Array; css: string }> {
  const plugins = [denoImports(await findImportMap(ROOT))];
  const settings: esbuild.BuildOptions & { write: false } = {
    absWorkingDir: ROOT,
    bundle: true,
    define: { "process.env.NODE_ENV": '"production"' },
    entryPoints: [fileAt("main.ts")],
    format: "esm",
    legalComments: "none",
    minify: true,
    plugins,
    target: ["chrome99", "firefox99", "safari15"],
    write: false,
  };
  return await withEsbuild(async () => {
    const { outputFiles: [script] } = await esbuild.build(settings);
    const css = await Deno.readTextFile(fileAt("board.css"));
    const { code } = await esbuild.transform(css, { loader: "css", minify: true });
    return { script: script!.contents, css: code.trim() };
  });
}
