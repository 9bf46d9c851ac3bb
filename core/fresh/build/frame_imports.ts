import * as esbuild from "esbuild";
import { join, relative, sep } from "node:path";

/**
 * Gives the files that frames (`_app`, `_layout`) import by themselves; all paths are relative to the
 * root. An island among them is on every page within the frame.
 */
export async function frameImports(root: string, frames: readonly string[]): Promise<string[]> {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: [...frames],
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
    metafile: true,
    outdir: "_fresh",
    plugins: [FIRST_STEP],
    write: false,
  });
  return Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.map(({ path }) => relative(root, path).replaceAll(sep, "/"))
  );
}

/** Follows no import further. */
const FIRST_STEP: esbuild.Plugin = {
  name: "first-step",
  setup(build) {
    build.onResolve(
      { filter: /.*/ },
      ({ kind, path, resolveDir }) =>
        kind === "entry-point" ? undefined : { path: join(resolveDir, path), external: true },
    );
  },
};
