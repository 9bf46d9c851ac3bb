import assert from "node:assert/strict";
import { acceptanceProblems, fillPage, PAGE, ROW_IDS, rowsOf } from "./acceptance.ts";
import { projectFiles, projectText } from "./project.ts";

const row = (id: string, proof: string) => `| ${id} | what | ${proof} |`;
const wholePage = (changed: Readonly<Record<string, string>> = {}) =>
  ROW_IDS.map((id) => row(id, changed[id] ?? "Later: with something")).join("\n");
const TEST = { path: "tests/core/a_test.ts", text: 'Deno.test("A (F-020, B-07)", () => {});' };

/** Problems of a page of which one row has another proof. */
const judged = (id: string, proof: string) =>
  acceptanceProblems(wholePage({ [id]: proof }), [TEST]);

Deno.test("a page that lacks a row, repeats one, proves nothing or names a wrong test is refused", () => {
  assert.deepEqual(acceptanceProblems(wholePage(), []), []);
  assert.deepEqual(acceptanceProblems(wholePage().replace(/\| F-099 .*\n/, ""), []), [
    "F-099: on the page 0 times",
  ]);
  assert.equal(acceptanceProblems(`${wholePage()}\n${row("B-01", "Later: twice")}`, []).length, 1);
  for (const empty of ["", "Missing: part C", "Later:", "yes"]) {
    assert.equal(judged("F-020", empty).length, 1, empty);
  }
  assert.deepEqual(judged("F-020", "`tests/core/a_test.ts`"), []);
  assert.deepEqual(judged("F-021", "`tests/core/a_test.ts`"), [
    "F-021: tests/core/a_test.ts does not name it",
  ]);
  assert.deepEqual(judged("F-020", "`tests/core/b_test.ts`"), [
    "F-020: tests/core/b_test.ts does not exist",
  ]);
});

Deno.test("the page is filled with the files that name a row, and with nothing else", () => {
  const filled = rowsOf(fillPage(wholePage(), [TEST, { path: "core/a.ts", text: "F-021" }]));
  const proofs = new Map(filled.map(({ id, proof }) => [id, proof]));
  assert.equal(proofs.get("F-020"), "`tests/core/a_test.ts`");
  assert.equal(proofs.get("B-07"), "`tests/core/a_test.ts`");
  assert.equal(proofs.get("F-021"), "Later: with something");
});

Deno.test("every row of the acceptance page has a test that names it, or says why it has none", () => {
  assert.deepEqual(acceptanceProblems(projectText(PAGE), projectFiles()), []);
});
