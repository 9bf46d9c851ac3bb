const ROUTES = new URL("../../routes/(pages)/", import.meta.url);
/** What stands for a parameter in a path. */
const TICKER = "FPT";

/** Pages for programmers, without a quote; their prose may say `null`. */
export const REFERENCE_PATHS: readonly string[] = ["/api", "/api/ws"];

/** Every page of the application, as a reader reaches it. A new route is walked without being told. */
export const PAGE_PATHS: readonly string[] = [...pathsBelow(ROUTES, ""), ...REFERENCE_PATHS].sort();

function pathsBelow(folder: URL, path: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    if (isDirectory) {
      return name.startsWith("(") ? [] : pathsBelow(new URL(`${name}/`, folder), `${path}/${name}`);
    }
    if (!name.endsWith(".tsx") || name.startsWith("_")) return [];
    const last = name.replace(/\.tsx$/, "").replace(/^\[\w+\]$/, TICKER);
    return [last === "index" ? path || "/" : `${path}/${last}`];
  });
}
