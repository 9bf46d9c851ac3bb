import { resolve } from "node:path";
import { type Command, plan } from "./commands.ts";
import { type Method, METHODS, type Middleware } from "./handlers.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { Server } from "./server.ts";
import { loadSite } from "./site.ts";

/** Answers a request; `Deno.serve` takes it. */
export type Handler = (req: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Settings of a server: those of `Deno.serve`. */
export type ListenOptions = Deno.ServeTcpOptions & Partial<Deno.TlsCertifiedKeyPem>;

/** Makes an application use the build in a folder instead of `_fresh` in the working folder. */
export let setOutDir: <State>(app: App<State>, outDir: string) => void;
/** Makes a handler together with the moment its modules are loaded. */
export let prepare: <State>(app: App<State>) => { handler: Handler; ready: Promise<unknown> };

/** An application: middlewares, routes in code and routes in files. */
export class App<State> {
  readonly #commands: Command<State>[] = [];
  #outDir = "_fresh";

  static {
    setOutDir = (app, outDir) => app.#outDir = outDir;
    prepare = (app) => app.#prepare();
  }

  /**
   * Runs middlewares before everything below a path that is added later; below `/` when none is
   * given.
   */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(first?: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    const path = typeof first === "string" ? first : "/";
    const middlewares = typeof first === "function" ? [first, ...rest] : rest;
    this.#commands.push({ kind: "use", path, middlewares });
    return this;
  }

  get(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#route(["GET"], path, middlewares);
  }

  post(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#route(["POST"], path, middlewares);
  }

  put(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#route(["PUT"], path, middlewares);
  }

  patch(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#route(["PATCH"], path, middlewares);
  }

  delete(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#route(["DELETE"], path, middlewares);
  }

  /** Answers every method at a path. */
  all(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#route(METHODS, path, middlewares);
  }

  /** Adds the routes of the build at this point. */
  fsRoutes(): this {
    this.#commands.push({ kind: "files" });
    return this;
  }

  /**
   * Makes the function that answers requests; throws when file routes are wanted and there is no
   * build.
   */
  handler(): Handler {
    return this.#prepare().handler;
  }

  /**
   * Serves once every route is loaded; resolves when the port is bound, rejects when it cannot be.
   */
  async listen(options: ListenOptions = {}): Promise<void> {
    const { handler, ready } = this.#prepare();
    await ready;
    Deno.serve(options, handler);
  }

  #route(methods: readonly Method[], path: string, middlewares: Middleware<State>[]): this {
    this.#commands.push({ kind: "route", methods, path, middlewares });
    return this;
  }

  #prepare(): { handler: Handler; ready: Promise<unknown> } {
    const wantsFiles = this.#commands.some(({ kind }) => kind === "files");
    const outDir = resolve(this.#outDir);
    const manifest = wantsFiles ? readManifest(outDir) : null;
    let server: Server<State> | null = null;
    const ready = this.#load(manifest, outDir).then((loaded) => server = loaded);
    return { handler: async (req, info) => (server ?? await ready).answer(req, info), ready };
  }

  async #load(manifest: Manifest | null, outDir: string): Promise<Server<State>> {
    const site = manifest && await loadSite(manifest, outDir);
    return new Server(plan(this.#commands, site), site);
  }
}
