import assert from "node:assert/strict";
import { parseEnv } from "node:util";
import { parseConfig, VARIABLES } from "../../core/config.ts";
import { CLOSE_CODES, ERROR_CODES } from "../../core/wire/codes.ts";
import { FRAME_WORDS } from "../../core/wire/frame_words.ts";
import { CLOSE } from "../../core/wire/frames.ts";
import { OPERATION_WORDS } from "../../core/wire/operation_words.ts";
import { brokenLinks } from "./markdown.ts";
import { projectFiles, projectText } from "./project.ts";
import { exactNpmName } from "./rules.ts";

const denoJson = JSON.parse(projectText("deno.json")) as {
  imports: Record<string, string>;
};
const packages = Object.values(denoJson.imports).filter((target) => !target.startsWith("./"));

/** Names in backticks at the start of the rows of a page's tables. */
function tableKeys(page: string): string[] {
  const cells = [...projectText(page).matchAll(/^\| ([^|]+)\|/gm)].map(([, cell]) => cell!);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
}

Deno.test("the example of the environment lists every variable that is read, and no other", () => {
  const listed = parseEnv(projectText(".env.example"));
  assert.deepEqual(Object.keys(listed).sort(), [...VARIABLES].sort());
});

Deno.test("the example of the environment holds the defaults", () => {
  const example = parseConfig(parseEnv(projectText(".env.example")));
  assert.deepEqual(example, parseConfig({}));
});

Deno.test("the configuration page lists every variable that is read, and no other", () => {
  assert.deepEqual(
    tableKeys("docs/configuration.md").filter(isVariable).sort(),
    [
      ...VARIABLES,
    ].sort(),
  );
  function isVariable(name: string): boolean {
    return /^[A-Z][A-Z0-9_]+$/.test(name);
  }
});

Deno.test("every package is pinned to one exact version and told in the dependencies page", () => {
  assert.equal(exactNpmName("npm:@a/b@1.2.3"), "@a/b");
  for (const loose of ["npm:a@^1.2.3", "npm:a@1", "npm:a", "jsr:@a/b@1.2.3"]) {
    assert.equal(exactNpmName(loose), null, loose);
  }
  const names = packages.map((target) => exactNpmName(target) ?? `${target} is not exact`);
  assert.deepEqual(tableKeys("docs/dependencies.md").sort(), names.sort());
});

Deno.test("the lock holds exactly the pinned versions", () => {
  const lock = JSON.parse(projectText("deno.lock")) as { specifiers: Record<string, string> };
  assert.deepEqual(Object.keys(lock.specifiers).sort(), [...packages].sort());
});

Deno.test("every link between pages leads to a file and a heading that exist", () => {
  const pages = [
    { path: "a.md", text: "[x](b/c.md#a-title) [y](#here) [z](https://x.vn) [f](b)\n\n# Here\n" },
    { path: "b/c.md", text: "# A `title`\n\n[up](../a.md)\n```\n[no](nowhere.md)\n```\n" },
  ];
  assert.deepEqual(brokenLinks(pages), []);
  const wrong = { path: "d.md", text: "[p](q.md) [r](a.md#gone)" };
  assert.deepEqual(brokenLinks([...pages, wrong]), ["d.md: q.md", "d.md: a.md#gone"]);
  assert.deepEqual(brokenLinks(projectFiles()), []);
});

Deno.test("the protocol page tells of every frame, operation and code that is sent", () => {
  const page = projectText("docs/protocol.md");
  const sent = <T extends { readonly isReserved?: true }>(words: Readonly<Record<string, T>>) =>
    Object.keys(words).filter((name) => !words[name]!.isReserved);
  const named = [
    ...Object.keys(FRAME_WORDS).map((kind) => `| \`${kind}\``),
    ...Object.keys(OPERATION_WORDS).map((op) => `"op":"${op}"`),
    ...sent(ERROR_CODES).map((code) => `\`${code}\``),
    ...sent(CLOSE_CODES).map((name) => `| ${CLOSE[name as keyof typeof CLOSE]} `),
  ];
  for (const name of named) assert.ok(page.includes(name), name);
});
