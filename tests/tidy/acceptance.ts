import type { ProjectFile } from "./project.ts";

/** The page with a row for every promise. */
export const PAGE = "docs/acceptance.md";

/** One row of the page; the proof names test files, or says why there is none. */
export interface AcceptanceRow {
  readonly id: string;
  readonly proof: string;
}

/** Ids that the page must have. */
export const ROW_IDS: readonly string[] = [
  ...range("F", 14, 168),
  ...range("F", 198, 265),
  ...range("B", 1, 47),
];

/** Words that open a proof without a test. */
const REASON = /^(Later|Not applicable|Checked by): \S+/;
const ROW = /^\| ([FB]-\d+) +\|(.*)\|([^|]*)\|$/;
const TEST_PATH = /`(tests\/[^`]+)`/g;

/** The rows of the page, in its order. */
export function rowsOf(page: string): AcceptanceRow[] {
  return page.split("\n").flatMap((line) => {
    const match = ROW.exec(line);
    return match === null ? [] : [{ id: match[1]!, proof: match[3]!.trim() }];
  });
}

/** Test and bench files by the ids that they name. */
export function filesByRow(files: readonly ProjectFile[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, text } of files) {
    if (!/^tests\/.*_(test|bench)\.tsx?$/.test(path) || path.startsWith("tests/tidy/")) continue;
    for (const [id] of text.matchAll(/\b[FB]-\d{2,3}\b/g)) {
      const held = found.get(id) ?? [];
      if (!held.includes(path)) found.set(id, [...held, path]);
    }
  }
  return found;
}

/** What is wrong with the page, one line per offence. */
export function acceptanceProblems(page: string, files: readonly ProjectFile[]): string[] {
  const rows = rowsOf(page);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const problems: string[] = [];
  for (const id of ROW_IDS) {
    const held = rows.filter((row) => row.id === id);
    if (held.length !== 1) problems.push(`${id}: on the page ${held.length} times`);
  }
  for (const { id, proof } of rows) {
    const paths = pathsOf(proof);
    if (paths.length === 0 && !REASON.test(proof)) problems.push(`${id}: no proof: ${proof}`);
    for (const path of paths) {
      const text = texts.get(path);
      if (text === undefined) problems.push(`${id}: ${path} does not exist`);
      // A reason may point at a test that shows a part of it.
      else if (!REASON.test(proof) && !text.includes(id)) {
        problems.push(`${id}: ${path} does not name it`);
      }
    }
  }
  return problems;
}

/** The page with the files that name each row; reasons stay where no file does. */
export function fillPage(page: string, files: readonly ProjectFile[]): string {
  const found = filesByRow(files);
  return page.split("\n").map((line) => {
    const match = ROW.exec(line);
    const paths = match === null ? undefined : found.get(match[1]!);
    if (match === null || paths === undefined) return line;
    return `| ${match[1]} |${match[2]}| ${paths.map((path) => `\`${path}\``).join(", ")} |`;
  }).join("\n");
}

function pathsOf(proof: string): string[] {
  return [...proof.matchAll(TEST_PATH)].map(([, path]) => path!);
}

function range(letter: "F" | "B", from: number, to: number): string[] {
  const digits = letter === "F" ? 3 : 2;
  return Array.from(
    { length: to - from + 1 },
    (_, i) => `${letter}-${String(from + i).padStart(digits, "0")}`,
  );
}
