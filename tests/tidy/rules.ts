/// <reference lib="deno.unstable" />
import { isCode, type ProjectFile, visit } from "./project.ts";

/** Each rule gives one line per offence, opening with the path. */
export type Rule = (file: ProjectFile) => string[];

/** A file past this is split; about 200 is the aim. */
export const FILE_LINES_MAX = 300;

export const shortFiles: Rule = (file) => {
  if (!isCode(file)) return [];
  const lines = file.text.split("\n").length - 1;
  return lines > FILE_LINES_MAX ? [`${file.path}: ${lines} lines, at most ${FILE_LINES_MAX}`] : [];
};

const MACHINE_PATH = /(?<![\w.~-])\/(?:work|root|home|tmp|Users)\/[\w.-]/g;

export const noMachinePaths: Rule = (file) => offences(file, MACHINE_PATH, "path of a machine");

const HOSTS = [
  "registry\\.npmjs\\.org",
  "registry\\.yarnpkg\\.com",
  "(?:npm\\.)?jsr\\.io",
  "deno\\.land",
  "esm\\.sh",
  "unpkg\\.com",
  "jsdelivr\\.net",
];
const REGISTRY = new RegExp(`\\b(?:${HOSTS.join("|")})\\b`, "g");

export const noRegistryHosts: Rule = (file) => {
  const found = offences(file, REGISTRY, "host of a registry");
  // A lock that was written behind another registry says where each package came from.
  if (file.path === "deno.lock" && /"tarball"|https?:/.test(file.text)) {
    found.push("deno.lock: holds addresses");
  }
  return found;
};

/** A test waits for a condition, so nothing in it may wait for a time. */
export const noSleepInTests: Rule = (file) => {
  if (!file.path.endsWith("_test.ts") && !file.path.endsWith("_test.tsx")) return [];
  const found: string[] = [];
  const offend = (what: string) => found.push(`${file.path}: ${what}`);
  visit(file, {
    CallExpression(node) {
      const name = node.callee.type === "Identifier" ? node.callee.name : "";
      if (name === "sleep" || name === "delay") offend(`${name}(…) in a test`);
    },
    ImportDeclaration(node) {
      if (node.source.value === "node:timers/promises") offend("timed wait in a test");
    },
    NewExpression(node) {
      if (node.callee.type !== "Identifier" || node.callee.name !== "Promise") return;
      const source = file.text.slice(node.range[0], node.range[1]);
      if (/^new Promise(<\w+>)?\(\s*\(?\w*\)?\s*=>\s*\{?\s*setTimeout\(/.test(source)) {
        offend("timed wait in a test");
      }
    },
  });
  return found;
};

/** Tests that nobody runs or that hide the others. */
export const noFocusedTests: Rule = (file) => {
  if (!isCode(file)) return [];
  const found: string[] = [];
  visit(file, {
    MemberExpression(node) {
      const { object, property } = node;
      if (object.type !== "MemberExpression" || object.property.type !== "Identifier") return;
      if (object.property.name !== "test" || property.type !== "Identifier") return;
      if (property.name === "only") found.push(`${file.path}: Deno.test.only`);
    },
  });
  return found;
};

const READS_ENVIRONMENT = /^(main|worker|dev)\.ts$|^core\/(tasks\/|sim\/main\.ts$)|^tests\//;

/** Settings reach everything else as arguments. */
export const environmentReadAtEntries: Rule = (file) => {
  if (!isCode(file) || READS_ENVIRONMENT.test(file.path)) return [];
  return offences(file, /\bDeno\.env\b/g, "reads the environment");
};

export const namedInSnakeCase: Rule = (file) => {
  if (!isCode(file) || file.path.startsWith("routes/")) return [];
  const name = file.path.split("/").at(-1)!;
  return /^[a-z0-9_]+\.tsx?$/.test(name) ? [] : [`${file.path}: wanted snake_case`];
};

function offences(file: ProjectFile, pattern: RegExp, what: string): string[] {
  return file.text.split("\n").flatMap((line, i) => {
    const match = line.match(pattern);
    return match === null ? [] : [`${file.path}:${i + 1}: ${what}: ${match[0]}`];
  });
}

/** The name that an entry of the import map's target pins, or null when it is not exact. */
export function exactNpmName(target: string): string | null {
  return /^npm:((?:@[\w.-]+\/)?[\w.-]+)@\d+\.\d+\.\d+(?:-[\w.]+)?$/.exec(target)?.[1] ?? null;
}
