import { join } from "node:path";
import { ASSET_KEY_PARAM } from "./asset.ts";
import { type Context, internalsOf } from "./context.ts";
import type { Middleware } from "./handlers.ts";
import type { StaticEntry } from "./manifest.ts";
import type { Site } from "./site.ts";

/** Folder of the build whose files are handed out. */
export const STATIC_FOLDER = "static";

const YEAR_S = 31_536_000;

/** Serves the built scripts and the files of `static/`; everything else is passed on. */
export function staticFiles<State>(): Middleware<State> {
  return (ctx) => {
    const { site } = internalsOf(ctx);
    const path = decodePath(ctx.url.pathname);
    const entry = site && path && Object.hasOwn(site.manifest.files, path)
      ? site.manifest.files[path]
      : undefined;
    return entry === undefined ? ctx.next() : serve(ctx, site!, { path: path!, entry });
  };
}

async function serve<State>(
  ctx: Context<State>,
  site: Site,
  { path, entry }: { path: string; entry: StaticEntry },
): Promise<Response> {
  const { req, url } = ctx;
  if (req.method !== "GET" && req.method !== "HEAD") {
    const status = req.method === "OPTIONS" ? 204 : 405;
    return new Response(null, { status, headers: { allow: "GET, HEAD, OPTIONS" } });
  }
  const coding = codingFor(entry, req.headers.get("accept-encoding") ?? "");
  const etag = `"${entry.hash}${coding === null ? "" : `-${coding}`}"`;
  const bound = entry.immutable || url.searchParams.get(ASSET_KEY_PARAM) === site.manifest.assetKey;
  const forever = bound && site.mode === "production";
  const headers = new Headers({
    "cache-control": forever ? `public, max-age=${YEAR_S}, immutable` : "no-cache",
    etag,
  });
  if (entry.br !== undefined || entry.gzip !== undefined) headers.set("vary", "accept-encoding");
  if (matches(req.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  headers.set("content-type", entry.type);
  headers.set("content-length", String(coding === null ? entry.bytes : entry[coding]));
  if (coding !== null) headers.set("content-encoding", coding);
  if (req.method === "HEAD") return new Response(null, { headers });
  const suffix = coding === null ? "" : SUFFIX[coding];
  const file = await Deno.open(join(site.outDir, STATIC_FOLDER, path) + suffix);
  return new Response(file.readable, { headers });
}

/** Codings a build prepares, best first, with the ending of the copies. */
export const SUFFIX = { br: ".br", gzip: ".gz" } as const;
type Coding = keyof typeof SUFFIX;

function codingFor(entry: StaticEntry, accepted: string): Coding | null {
  const refused = /^(br|gzip|\*)\s*;\s*q=0(\.0*)?$/i;
  const offers = accepted.split(",").map((offer) => offer.trim());
  const wanted = offers.filter((offer) => !refused.test(offer)).map((o) => o.split(";")[0]!.trim());
  for (const coding of ["br", "gzip"] as const) {
    if (entry[coding] !== undefined && wanted.includes(coding)) return coding;
  }
  return null;
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  const tags = ifNoneMatch?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return tags.includes(etag) || tags.includes("*");
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null; // No file has such a name; the router answers.
  }
}
