import assert from "node:assert/strict";

/** Runs a command that needs rights, with sudo where it asks for no password. */
async function privileged(...command: [string, ...string[]]): Promise<boolean> {
  for (const [name, ...args] of [command, ["sudo", "-n", ...command]] as [string, ...string[]][]) {
    const options = { args, stdout: "null", stderr: "null" } as const;
    try {
      if ((await new Deno.Command(name, options).output()).success) return true;
    } catch (error) {
      // A program that is not there fails like one that may not.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return false;
}

async function mount(dir: string, mib: number): Promise<boolean> {
  return await privileged("mount", "-t", "tmpfs", "-o", `size=${mib}m,mode=0755`, "tmpfs", dir);
}

async function unmount(dir: string): Promise<boolean> {
  return await privileged("umount", "-l", dir);
}

async function canMount(): Promise<boolean> {
  const dir = await Deno.makeTempDir();
  const mounted = await mount(dir, 1) && await unmount(dir);
  await Deno.remove(dir);
  return mounted;
}

const mayMount = await canMount();

/** A test on a file system of a few MiB; skipped by name where nobody may mount one, except in CI. */
export function smallDiskTest(
  name: string,
  mib: number,
  act: (dir: string) => Promise<void>,
): void {
  const ignore = !mayMount && Deno.env.get("CI") === undefined;
  const why = ignore ? " (skipped: needs the right to mount a small disk)" : "";
  Deno.test({ name: name + why, ignore, fn: () => withDisk(mib, act) });
}

async function withDisk(mib: number, act: (dir: string) => Promise<void>): Promise<void> {
  const parent = await Deno.makeTempDir();
  // The account that runs PostgreSQL for root has to come in.
  await Deno.chmod(parent, 0o755);
  const dir = `${parent}/disk`;
  await Deno.mkdir(dir);
  assert.ok(await mount(dir, mib), "CI must be able to mount a small disk");
  try {
    await act(dir);
  } finally {
    assert.ok(await unmount(dir));
    await Deno.remove(parent, { recursive: true });
  }
}

/** Takes all room that a disk has left; the file that does it is given back by its removal. */
export function fillDisk(dir: string): string {
  const path = `${dir}/filler`;
  using file = Deno.openSync(path, { create: true, append: true });
  for (let bytes = 1024 * 1024; bytes >= 1; bytes /= 16) {
    const block = new Uint8Array(bytes);
    while (takes(file, block));
  }
  return path;
}

function takes(file: Deno.FsFile, block: Uint8Array): boolean {
  try {
    return file.writeSync(block) > 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") return false;
    throw error;
  }
}
