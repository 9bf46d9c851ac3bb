import * as esbuild from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Script } from "../manifest.ts";
import { JS_PREFIX, scriptOf, serverOnlyUses, sourceName } from "./bundle_result.ts";
import { type Common, commonChunk, findCommon } from "./common_chunk.ts";
import { denoImports, SERVER_ONLY } from "./esbuild_plugin.ts";
import { withEsbuild } from "./esbuild_service.ts";
import { frameImports } from "./frame_imports.ts";
import { findImportMap } from "./import_map.ts";

export interface BundleOptions {
  readonly root: string;
  /** Island files relative to the root. */
  readonly islands: readonly string[];
  /** Files of routes around pages, relative to the root. */
  readonly frames: readonly string[];
  /** Browsers as esbuild names them. */
  readonly target: string | string[];
  readonly minify: boolean;
}

export interface Bundle {
  readonly boot: Script;
  /** In the order of the islands given. */
  readonly islands: readonly Script[];
  /** Contents by address. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Source files that went in, relative to the root. */
  readonly inputs: readonly string[];
}

/** The deno.json that names this layer is the one whose names islands use. */
const HERE = import.meta.dirname!;

const BOOT = fileURLToPath(import.meta.resolve("../client/boot.ts"));

/** Bundles the start script and one entry per island, with few chunks for what they share. */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  try {
    // esbuild names files by their real path.
    const root = await Deno.realPath(options.root);
    const paths = [BOOT, ...options.islands.map((file) => join(root, file))];
    const real = await Promise.all(paths.map((path) => Deno.realPath(path)));
    return await withEsbuild(() => run({ ...options, root }, real));
  } catch (error) {
    throw new Error(`Cannot bundle the islands: ${explain(error)}`, { cause: error });
  }
}

async function run(options: BundleOptions, paths: readonly string[]): Promise<Bundle> {
  const names = ["boot", ...options.islands.map(entryName)];
  const imports = denoImports(await findImportMap(HERE));
  const bundleWith = (...plugins: esbuild.Plugin[]) =>
    esbuild.build({
      ...settings(options),
      entryPoints: paths.map((path, at) => ({ in: path, out: names[at]! })),
      plugins: [...plugins, imports],
      metafile: true,
      write: false,
    });
  let built = await bundleWith();
  // In development a quick build is worth more than few bytes.
  if (options.minify && options.islands.length > 0) {
    const common = await commonOf(built.metafile, options, paths);
    built = await bundleWith(commonChunk(common, options.root));
  }
  const { metafile, outputFiles } = built;
  const uses = await serverOnlyUses(metafile, { root: options.root, outputs: outputFiles });
  if (uses.length > 0) throw new Error(`${uses.join(", ")} uses Deno, which only a server has`);
  const [boot, ...islands] = paths.map((path) => scriptOf(metafile, { root: options.root, path }));
  const files = outputFiles.map(({ path, contents }) =>
    [path.replace(/^.*[/\\]/, JS_PREFIX), contents] as const
  );
  return { boot: boot!, islands, files: new Map(files), inputs: Object.keys(metafile.inputs) };
}

async function commonOf(
  metafile: esbuild.Metafile,
  { root, frames }: BundleOptions,
  paths: readonly string[],
): Promise<Common> {
  const [boot, ...islands] = paths.map((path) => sourceName(root, path));
  const imported = await frameImports(root, frames);
  const framed = islands.filter((island) => imported.includes(island));
  return findCommon(metafile, { boot: boot!, islands, framed });
}

function settings({ root, target, minify }: BundleOptions): esbuild.BuildOptions {
  return {
    absWorkingDir: root,
    bundle: true,
    define: {
      Deno: SERVER_ONLY,
      "process.env.NODE_ENV": minify ? '"production"' : '"development"',
    },
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    logLevel: "silent",
    minify,
    outdir: "_fresh",
    platform: "browser",
    sourcemap: minify ? false : "inline",
    splitting: true,
    target,
  };
}

/** Names an entry after its path; the hash keeps two of one name apart. */
function entryName(file: string): string {
  return file.replace(/\.[jt]sx?$/, "").replace(/\W+/g, "_");
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("errors" in error)) return error.message;
  const messages = error.errors as esbuild.Message[];
  return messages.map(({ location, text }) =>
    location === null ? text : `${location.file}:${location.line}: ${text}`
  ).join("; ");
}
