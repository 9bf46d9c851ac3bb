import { join, relative, resolve } from "node:path";
import { type App, type ListenOptions, setOutDir } from "../app.ts";
import { type Manifest, MANIFEST_FILE, type StaticEntry } from "../manifest.ts";
import { parseRouteFile } from "../route_file.ts";
import { STATIC_FOLDER } from "../static_files.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { crawl, listFiles } from "./crawl.ts";
import { serveDev } from "./dev_server.ts";
import { hashOf, writeStatic } from "./static_copy.ts";

/** Where things are; paths other than the root are relative to it. */
export interface BuildOptions {
  /** Browsers as esbuild names them; those that Fresh supports when absent. */
  target?: string | string[];
  /** The working folder when absent. */
  root?: string;
  outDir?: string;
  staticDir?: string;
  islandDir?: string;
  routeDir?: string;
  /** Files of routes and islands to leave out; tests when absent. */
  ignore?: RegExp[];
}

type Mode = Manifest["mode"];

/** Builds what the browser gets and the list of what the server loads. */
export class Builder<State = unknown> {
  readonly #options: Required<BuildOptions>;

  constructor(options: BuildOptions = {}) {
    this.#options = {
      target: ["chrome99", "firefox99", "safari15"],
      outDir: "_fresh",
      staticDir: "static",
      islandDir: "islands",
      routeDir: "routes",
      ignore: [/[._]test\.[jt]sx?$/],
      ...options,
      root: resolve(options.root ?? "."),
    };
  }

  /** Writes the build; gives the function that makes an application use it. */
  async build({ mode = "production" }: { mode?: Mode } = {}): Promise<(app: App<State>) => void> {
    await this.#build(mode);
    return (app) => setOutDir(app, this.#outDir);
  }

  /** Serves an application and rebuilds and reloads on change, until `options.signal` ends it. */
  async listen(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    const { root, staticDir, islandDir, routeDir } = this.#options;
    await serveDev<State>({
      options,
      folders: [staticDir, islandDir, routeDir].map((dir) => join(root, dir)),
      build: async () => {
        const { inputs } = await this.#build("development");
        return inputs.map((file) => join(root, file));
      },
      load: async () => {
        const loaded = await importApp();
        const app = "app" in loaded ? loaded.app : loaded;
        setOutDir(app, this.#outDir);
        return app;
      },
    });
  }

  get #outDir(): string {
    return resolve(this.#options.root, this.#options.outDir);
  }

  async #build(mode: Mode): Promise<Bundle> {
    const { root, routeDir, target } = this.#options;
    const { routes, islands } = await crawl(this.#options);
    checkRoutes(routes);
    const frames = routes.filter(isFrame).map((file) => `${routeDir}/${file}`);
    const bundled = await bundle({ root, islands, frames, target, minify: mode === "production" });
    // A build that is cut short leaves no manifest, so nobody serves half of it.
    await removeIfThere(join(this.#outDir, MANIFEST_FILE));
    await removeIfThere(join(this.#outDir, STATIC_FOLDER));
    const files = await this.#writeFiles(bundled, mode);
    const manifest: Manifest = {
      mode,
      root: relative(this.#outDir, root),
      assetKey: hashOf(Object.entries(files).filter(([, f]) => !f.immutable).flatMap(keyParts)),
      routeDir,
      routes,
      boot: bundled.boot,
      islands: bundled.islands.map((script, at) => ({ ...script, file: islands[at]! })),
      files,
    };
    await Deno.writeTextFile(join(this.#outDir, MANIFEST_FILE), JSON.stringify(manifest, null, 1));
    return bundled;
  }

  async #writeFiles(bundled: Bundle, mode: Mode): Promise<Record<string, StaticEntry>> {
    const out = join(this.#outDir, STATIC_FOLDER);
    const dir = join(this.#options.root, this.#options.staticDir);
    const compress = mode === "production";
    const files: Record<string, StaticEntry> = {};
    await Deno.mkdir(out, { recursive: true });
    for (const name of (await listFiles(dir)).filter(isPublic)) {
      const bytes = await Deno.readFile(join(dir, name));
      files[`/${name}`] = await writeStatic(out, `/${name}`, { bytes, immutable: false, compress });
    }
    for (const [address, bytes] of bundled.files) {
      files[address] = await writeStatic(out, address, { bytes, immutable: true, compress });
    }
    return files;
  }
}

function keyParts([address, { hash }]: [string, StaticEntry]): string[] {
  return [address, hash];
}

/** Hidden files stay private, but for the folder that the web asks for by name. */
function isPublic(file: string): boolean {
  return !/(^|\/)\.(?!well-known\/)/.test(file);
}

function isFrame(file: string): boolean {
  const { kind } = parseRouteFile(file);
  return kind === "app" || kind === "layout";
}

function checkRoutes(files: readonly string[]): void {
  const byPattern = new Map<string, string>();
  for (const file of files) {
    const { kind, pattern } = parseRouteFile(file);
    const other = byPattern.get(pattern);
    if (kind !== "route") continue;
    if (other !== undefined) {
      throw new Error(`Cannot route ${pattern}: both routes/${other} and routes/${file} answer it`);
    }
    byPattern.set(pattern, file);
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
