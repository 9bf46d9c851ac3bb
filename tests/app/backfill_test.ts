import assert from "node:assert/strict";
import { withFolder } from "../core/feed/support/journals.ts";

/** What `deno task backfill` runs: the tests grant no more than it does. */
const COMMAND: readonly string[] = JSON.parse(
  Deno.readTextFileSync(new URL("../../deno.json", import.meta.url)),
).tasks.backfill.command.split(" ").slice(1);
const LIMIT_MS = 60_000;

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs the task; `onOutput` sees everything that it has said so far. */
async function backfill(
  line: string,
  env: Readonly<Record<string, string>>,
  onOutput: (output: string, child: Deno.ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...COMMAND.toSpliced(1, 0, "--quiet"), ...line.split(" ")],
    env: { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "", ...env },
    clearEnv: true,
    stdin: "null",
    stdout: "inherit",
    stderr: "piped",
  }).spawn();
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  let output = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    output += text;
    onOutput(output, child);
  }
  const { code } = await child.status;
  clearTimeout(limit);
  return { code, output };
}

Deno.test("backfill without a key fills the embedded store of simulated data, and is stopped and gone on with", () =>
  withFolder(async (dir) => {
    // The database's user may have to enter it.
    await Deno.chmod(dir, 0o755);
    const env = { DATA_DIR: dir };
    const line = "--days 3 --symbols HPG,VN30 --kinds index,prices";
    let isStopped = false;
    const stopped = await backfill(line, env, (output, child) => {
      if (isStopped || !output.includes("instruments HOSE")) return;
      isStopped = true;
      child.kill("SIGINT");
    });
    assert.match(stopped.output, /^No SSI key: filling the store of simulated data\n/);
    assert.match(stopped.output, /Stopped after \d of 6 units: .* run the same command again/);
    assert.equal(stopped.code, 130);
    const finished = await backfill(line, env);
    assert.match(
      finished.output,
      /Nothing is missing any more: [\d,]+ rows of \d units are stored/,
    );
    assert.equal(finished.code, 0);
    const again = await backfill(line, env);
    assert.match(again.output, /Nothing is missing\n$/);
    assert.equal(again.code, 0);
  }));

Deno.test("backfill ends with one clear line when it cannot begin", () =>
  withFolder(async (dir) => {
    const wrong = await backfill("--days many", { DATA_DIR: dir });
    assert.deepEqual(wrong, { code: 1, output: "--days wants a whole number from 1 to 365\n" });
    const away = {
      DATA_DIR: dir,
      DATABASE_URL: "postgres://user:canary-password@127.0.0.1:1/none",
    };
    const { code, output } = await backfill("--days 1", away);
    assert.equal(code, 1);
    assert.match(output, /\nCannot use the database: [^\n]+\n$/);
    assert.ok(!output.includes("canary-password"));
  }));
