import { join } from "node:path";

/** A file the server hands out as it is, under its own address. */
export interface StaticEntry {
  readonly type: string;
  readonly bytes: number;
  /** Fingerprint of the content. */
  readonly hash: string;
  /** True when the address itself carries the fingerprint. */
  readonly immutable: boolean;
  /** Sizes of the compressed copies beside it; absent when there is none. */
  readonly br?: number;
  readonly gzip?: number;
}

/** A script with everything it needs at once. */
export interface Script {
  readonly url: string;
  /** Addresses of the chunks it imports, in no order. */
  readonly imports: readonly string[];
}

/** What a build leaves for the server, so that a start looks at no folder. */
export interface Manifest {
  readonly mode: "development" | "production";
  /** From the build's folder to the project's. */
  readonly root: string;
  /** Fingerprint of all static files. */
  readonly assetKey: string;
  /** Route files relative to the routes folder, and that folder relative to the project. */
  readonly routeDir: string;
  readonly routes: readonly string[];
  readonly boot: Script;
  /** Island files relative to the project. */
  readonly islands: readonly (Script & { readonly file: string })[];
  readonly files: Readonly<Record<string, StaticEntry>>;
}

export const MANIFEST_FILE = "manifest.json";

/** Reads what the build left, or throws the one line that says to run it. */
export function readManifest(outDir: string): Manifest {
  const path = join(outDir, MANIFEST_FILE);
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot serve file routes: ${path} is missing, run "deno task build" first`);
  }
}
