import { dirname, join } from "node:path";
import { Builder, type BuildOptions } from "../../../core/fresh/dev.ts";
import { App } from "../../../core/fresh/mod.ts";
import type { Handler } from "../../../core/fresh/app.ts";
import type { Manifest } from "../../../core/fresh/manifest.ts";

/** A small application in a folder of its own, built and gone when disposed. */
export interface SiteFixture extends AsyncDisposable {
  readonly dir: string;
  readonly manifest: Manifest;
  /** Makes a handler; `wire` adds what stands before the file routes. */
  handler<State>(wire?: (app: App<State>) => void): Handler;
}

/** Writes files into a new folder. */
export async function writeFiles(dir: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(dir, path)), { recursive: true });
    await Deno.writeTextFile(join(dir, path), text);
  }
}

/** Writes and builds an application. */
export async function buildSite(
  files: Record<string, string>,
  options: BuildOptions = {},
): Promise<SiteFixture> {
  const dir = await Deno.makeTempDir({ prefix: "fresh_site_" });
  const remove = () => Deno.remove(dir, { recursive: true });
  try {
    await writeFiles(dir, files);
    const apply = await new Builder({ ...options, root: dir }).build();
    return {
      dir,
      manifest: JSON.parse(await Deno.readTextFile(join(dir, "_fresh/manifest.json"))),
      handler<State>(wire: (app: App<State>) => void = () => {}) {
        const app = new App<State>();
        wire(app);
        app.fsRoutes();
        (apply as (app: App<State>) => void)(app);
        return app.handler();
      },
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Asks a handler for an address. */
export function ask(handler: Handler, path: string, init?: RequestInit): Promise<Response> {
  return handler(new Request(`http://localhost${path}`, init));
}

/** A frame with head and body, as every application has one. */
export const APP_FILE = `
export default function App({ Component }) {
  return <html lang="en"><head><meta charset="utf-8"/><title>Default</title></head><body><Component/></body></html>;
}`;
