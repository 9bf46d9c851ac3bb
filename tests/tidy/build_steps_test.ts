import assert from "node:assert/strict";
import { projectFiles, projectText } from "./project.ts";

const ROOT = new URL("../../", import.meta.url);
const ciRun = projectText(".ci/run");
const dockerfile = projectText("Dockerfile");
const denoJson = JSON.parse(projectText("deno.json")) as {
  tasks: Record<string, string | { command: string }>;
};

/** Commands of a text's lines that a pattern finds, in order. */
function commands(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, command]) => command!.trim());
}

/** Runs `.ci/count` over the output of a made-up test run. */
async function count(output: string): Promise<{ code: number; line: string }> {
  const process = new Deno.Command("bash", {
    args: [".ci/count"],
    cwd: ROOT,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(output));
  await writer.close();
  const { code, stdout } = await process.output();
  return { code, line: new TextDecoder().decode(stdout).trim() };
}

Deno.test("the image is built by the commands that the checks run", () => {
  const inImage = commands(dockerfile, /^RUN ((?:npm|deno) .*)$/gm);
  const inChecks = commands(ciRun, /^\s*((?:npm|deno) (?:install|ci|task build).*)$/gm);
  assert.equal(inImage.length, 3);
  assert.deepEqual(inImage, inChecks);
});

Deno.test("every place that names a version of Deno names the same one", () => {
  const version = /^DENO_VERSION=(.+)$/m.exec(ciRun)?.[1];
  assert.match(version ?? "", /^\d+\.\d+\.\d+$/);
  assert.equal(/^ARG DENO_VERSION=(.+)$/m.exec(dockerfile)?.[1], version);
  for (const { path, text } of projectFiles()) {
    for (const [, named] of text.matchAll(/\bdeno@(\d[\w.]*\w)/g)) {
      assert.equal(named, version, path);
    }
  }
});

Deno.test("the image runs the start command's program with its permissions and no download", () => {
  const start = denoJson.tasks.start!;
  const command = typeof start === "string" ? start : start.command;
  const line = commands(dockerfile, /^CMD (\[.*\])$/gm)[0]!;
  const wanted = command.split(" ").toSpliced(2, 0, "--cached-only");
  assert.deepEqual(JSON.parse(line), wanted);
});

Deno.test("the program that serves may start a shell for its database, and load no native code", () => {
  const start = denoJson.tasks.start!;
  const command = typeof start === "string" ? start : start.command;
  const granted = commands(command, /(--allow-[\w-]+(?:=\S+)?|-A\b|--unstable[\w-]*)/g);
  assert.deepEqual(granted, [
    "--allow-net",
    "--allow-env",
    "--allow-read",
    "--allow-write",
    "--allow-run=/bin/sh",
    "--allow-sys=uid",
  ]);
  assert.match(command, /--no-prompt/);
});

Deno.test("the image has two stages, no root, a health check and a clean stop", () => {
  assert.equal(commands(dockerfile, /^(FROM .*)$/gm).length, 2);
  const last = dockerfile.slice(dockerfile.lastIndexOf("FROM "));
  assert.match(last, /^USER [1-9]\d*:[1-9]\d*$/m);
  assert.match(last, /^STOPSIGNAL SIGTERM$/m);
  assert.match(last, /^HEALTHCHECK [^]*\/livez/m);
  assert.doesNotMatch(last, /npx/);
  const ignored = projectText(".dockerignore").split("\n");
  for (const path of [".env", ".git", "data", "node_modules"]) assert.ok(ignored.includes(path));
});

Deno.test("the workflow runs the checks, may only read, and pins what it uses", () => {
  const workflow = projectText(".github/workflows/ci.yml");
  assert.match(workflow, /^ +- run: \.ci\/run$/m);
  assert.match(workflow, /^permissions:\n {2}contents: read\n/m);
  for (const [action] of workflow.matchAll(/uses: .*/g)) {
    assert.match(action, /@[0-9a-f]{40} # v\d/);
  }
});

Deno.test("the scripts of the checks can be executed and stop at the first error", () => {
  for (const path of [".ci/run", ".ci/count"]) {
    assert.equal((Deno.statSync(new URL(path, ROOT)).mode! & 0o111) !== 0, true, path);
    assert.match(projectText(path), /^set -euo pipefail$/m);
  }
});

Deno.test("the count is read from the summary of deno test, with and without steps", async () => {
  const cases: [string, number, string][] = [
    ["ok | 24 passed | 0 failed (135ms)\n", 0, "24 passed, 0 failed"],
    ["ok | 3 passed (4 steps) | 0 failed | 2 ignored (1s)\n", 0, "3 passed, 0 failed"],
    ["FAILED | 9 passed (1 step) | 2 failed (1 step) (1m2s)\n", 1, "9 passed, 2 failed"],
    [
      "\x1b[32mok\x1b[0m | 5 passed | 0 failed \x1b[38;5;245m(7ms)\x1b[0m\n",
      0,
      "5 passed, 0 failed",
    ],
    ["ok | 1 passed | 0 failed\nnested\nok | 2 passed | 0 failed\n", 0, "2 passed, 0 failed"],
    [
      "Task test:pure a\nok | 3 passed | 0 failed\nTask test:browser b\nok | 4 passed | 0 failed\n",
      0,
      "7 passed, 0 failed",
    ],
    ["Task test:pure a\nFAILED | 3 passed | 2 failed\n", 1, "3 passed, 2 failed"],
    ["Task test:pure a\nok | 3 passed | 0 failed\nTask test:browser b\nerror: no\n", 2, ""],
    ["ok | 0 passed | 0 failed (0ms)\n", 1, "0 passed, 0 failed"],
    ["error: Type checking failed.\n", 2, ""],
  ];
  for (const [output, code, line] of cases) {
    assert.deepEqual(await count(output), { code, line }, output);
  }
});

Deno.test("what one part of the tests leaves out the others run, so that each runs once", () => {
  const command = (name: string) => {
    const task = denoJson.tasks[name]!;
    return typeof task === "string" ? task : task.command;
  };
  const parts = command("test").split(" && ").map((part) =>
    command(part.replace("deno task ", ""))
  );
  const rests = parts.flatMap((part) => /--ignore=(\S+) tests\/$/.exec(part)?.[1] ?? []);
  assert.equal(rests.length, 1, "one part takes what nobody names");
  const named = parts.flatMap((part) =>
    part.split(" ").filter((word) => word.startsWith("tests/") && word !== "tests/")
  );
  assert.equal(new Set(named).size, named.length);
  assert.deepEqual(rests[0]!.split(","), named);
});
