/** What the bench needs of the machine: programs that it builds or finds, or why it has not. */
const HERE = new URL(".", import.meta.url).pathname;
const BUN = "bun@1.4.4";

export interface Tools {
  readonly dir: string;
  /** The command of the load client: in C, or else a dearer one. */
  readonly client: readonly string[];
  /** Programs; null when they cannot be had. */
  readonly limit: string | null;
  readonly node: string | null;
  readonly bun: string | null;
  /** Whether there is a NATS server. */
  readonly hasNats: boolean;
  /** Whether processes can be kept on a processor each. */
  readonly canPin: boolean;
}

/** Builds and finds the programs in a new temporary folder, and says what is missing. */
export async function findTools(
  wanted: { readonly bun: boolean },
  say: (line: string) => void,
): Promise<Tools> {
  const dir = await Deno.makeTempDir();
  const [limit, client] = await compile(dir, say);
  const node = await succeeds("node", ["--version"]) ? "node" : null;
  if (node === null) say("node is missing: ws on Node is left out");
  const bun = wanted.bun ? await findBun(dir, say) : null;
  const hasNats = await succeeds("nats-server", ["--version"]);
  if (!hasNats) say("nats-server is missing: two processes behind it are left out");
  const canPin = navigator.hardwareConcurrency > 1 &&
    await succeeds("taskset", ["-c", "0", "true"]);
  if (!canPin) say("processes cannot be pinned to processors of their own");
  const dearClient = [Deno.execPath(), "run", "--frozen", "-A", `${HERE}client.ts`];
  return {
    dir,
    limit: limit ?? null,
    client: client ? [client] : dearClient,
    node,
    bun,
    hasNats,
    canPin,
  };
}

async function compile(
  dir: string,
  say: (line: string) => void,
): Promise<(string | null)[]> {
  const built: (string | null)[] = [];
  for (const name of ["limit", "client"]) {
    const path = `${dir}/${name}`;
    const args = ["-O2", "-D_GNU_SOURCE", "-o", path, `${HERE}${name}.c`];
    built.push(await succeeds("gcc", args) ? path : null);
  }
  if (built.includes(null)) {
    say("gcc is missing or failed: no limit in C, and a dearer load client");
  }
  return built;
}

async function findBun(dir: string, say: (line: string) => void): Promise<string | null> {
  if (await succeeds("bun", ["--version"])) return "bun";
  const args = ["install", "--silent", "--no-fund", "--no-audit", "--prefix", dir, BUN];
  const path = `${dir}/node_modules/.bin/bun`;
  if (await succeeds("npm", args) && await succeeds(path, ["--version"])) return path;
  say(`${BUN} cannot be had: Bun is left out`);
  return null;
}

async function succeeds(program: string, args: string[]): Promise<boolean> {
  try {
    const command = new Deno.Command(program, { args, stdout: "null", stderr: "null" });
    return (await command.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
