import type { ComponentType } from "preact";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setAssetKey } from "./asset.ts";
import type { Manifest } from "./manifest.ts";
import { parseRouteFile, type RouteFile } from "./route_file.ts";

/** Address of the script that reloads a page in development. */
export const DEV_SCRIPT = "/_fresh/dev.js";

/** Which export of which built island a component is. */
export interface IslandRef {
  readonly index: number;
  readonly exportName: string;
}

export interface LoadedRoute extends RouteFile {
  readonly module: Readonly<Record<string, unknown>>;
}

/** A build with its server modules loaded. */
export interface Site {
  readonly mode: "development" | "production";
  readonly outDir: string;
  readonly manifest: Manifest;
  readonly routes: readonly LoadedRoute[];
  readonly islands: ReadonlyMap<unknown, IslandRef>;
}

/** Imports every route and island of a build. */
export async function loadSite(manifest: Manifest, outDir: string): Promise<Site> {
  const root = join(outDir, manifest.root);
  const load = (file: string): Promise<Record<string, unknown>> =>
    import(pathToFileURL(join(root, file)).href);
  const routes = await Promise.all(manifest.routes.map(async (file) => ({
    ...parseRouteFile(file),
    module: await load(join(manifest.routeDir, file)),
  })));
  const islands = new Map<unknown, IslandRef>();
  const modules = await Promise.all(manifest.islands.map(({ file }) => load(file)));
  modules.forEach((module, index) => {
    for (const [exportName, value] of Object.entries(module)) {
      if (typeof value === "function") islands.set(value as ComponentType, { index, exportName });
    }
  });
  setAssetKey(manifest.assetKey);
  return { mode: manifest.mode, outDir, manifest, routes, islands };
}
