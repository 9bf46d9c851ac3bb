import { join, relative, sep } from "node:path";

/** Code that a project's folders hold. */
export interface Crawled {
  /** Route files relative to the routes folder. */
  readonly routes: readonly string[];
  /** Island files relative to the project. */
  readonly islands: readonly string[];
}

export interface CrawlOptions {
  readonly root: string;
  readonly routeDir: string;
  readonly islandDir: string;
  readonly ignore: readonly RegExp[];
}

const CODE = /\.[jt]sx?$/;

/**
 * Finds routes and islands; private folders `(_name)` hold neither, but `(_islands)` holds islands.
 */
export async function crawl({ root, routeDir, islandDir, ignore }: CrawlOptions): Promise<Crawled> {
  const code = async (dir: string) =>
    (await listFiles(join(root, dir))).filter((file) =>
      CODE.test(file) && !ignore.some((pattern) => pattern.test(file))
    );
  const inRoutes = await code(routeDir);
  const islands = (await code(islandDir)).map((file) => `${islandDir}/${file}`);
  const private_ = inRoutes.filter((file) => file.includes("(_"));
  const beside = private_.filter((file) => /(^|\/)\(_islands\)\//.test(file));
  return {
    routes: inRoutes.filter((file) => !file.includes("(_")),
    islands: [...islands, ...beside.map((file) => `${routeDir}/${file}`)],
  };
}

/** Lists the files below a folder in a fixed order, with `/`; an absent folder has none. */
export async function listFiles(dir: string): Promise<string[]> {
  const files: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
      const path = join(folder, name);
      if (isDirectory) await visit(path);
      else if (isFile) files.push(relative(dir, path).replaceAll(sep, "/"));
    }
  };
  try {
    await visit(dir);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}
