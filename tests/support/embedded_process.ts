import { join } from "node:path";
import { readLines } from "../../db/embedded/lines.ts";

const PROGRAM = new URL("./embedded_program.ts", import.meta.url).pathname;
/** What `deno task start` grants, to a program of the tests. */
const START = (JSON.parse(Deno.readTextFileSync(new URL("../../deno.json", import.meta.url)))
  .tasks.start.command as string).split(" ").slice(1, -1);

/** What a program says: where its database is, that it went down or came up, or a row's id. */
export interface Said {
  readonly ok?: false;
  readonly owned?: boolean;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly database?: string;
  readonly id?: number;
}

/** A process that opens an embedded database, as `embedded_program.ts` describes. */
export class EmbeddedProcess {
  readonly #child: Deno.ChildProcess;
  readonly #said: Said[] = [];
  readonly #streams: Promise<unknown>;
  #taken = 0;
  #errors = "";
  #wake = Promise.withResolvers<void>();
  #hasEnded = false;

  constructor(dir: string, action: "wait" | "throw" | "exit" | "write") {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [...START, PROGRAM, dir, action],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#streams = Promise.all([
      readLines(this.#child.stdout, (line) => this.#take(line)),
      readLines(this.#child.stderr, (line) => this.#errors += `${line}\n`),
    ]).finally(() => {
      this.#hasEnded = true;
      this.#wake.resolve();
    });
  }

  /** Everything that it has said so far. */
  get said(): readonly Said[] {
    return this.#said;
  }

  /** The next thing that it says. */
  async next(): Promise<Said> {
    while (this.#taken === this.#said.length) {
      if (this.#hasEnded) throw new Error(`The program ended: ${this.#errors}`);
      await this.#wake.promise;
    }
    return this.#said[this.#taken++]!;
  }

  /** Its exit code, once it has ended and everything that it said is read. */
  async ended(): Promise<number> {
    await this.#streams;
    return (await this.#child.status).code;
  }

  /** Lets it close the database and end. */
  async finish(): Promise<number> {
    await this.#child.stdin.close();
    return await this.ended();
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#abandon();
  }

  /** Frees what is left of a program that ended by itself. */
  async #abandon(): Promise<void> {
    await this.ended();
    await this.#child.stdin.abort().catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hasEnded) this.#child.kill("SIGKILL");
    await this.#abandon();
  }

  #take(line: string): void {
    this.#said.push(JSON.parse(line));
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}

/** Runs on the name of a directory that is yet to be made, in one that any account may enter. */
export async function withStateDir(act: (dir: string) => Promise<void>): Promise<void> {
  const parent = await Deno.makeTempDir();
  await Deno.chmod(parent, 0o755);
  try {
    await act(`${parent}/db`);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
}

/** Processes that sit in the data of an embedded database: its server and the server's children. */
export async function processesOf(dir: string): Promise<number[]> {
  const data = join(await Deno.realPath(dir), "data");
  const found: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (/^\d+$/.test(name) && (await placeOf(name)) === data) found.push(Number(name));
  }
  return found;
}

/** The directory that a process sits in; null when it has ended or is not ours to see. */
async function placeOf(pid: string): Promise<string | null> {
  try {
    return await Deno.readLink(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
