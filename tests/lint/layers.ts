/// <reference lib="deno.unstable" />
/**
 * The rules of the layout as lint rules, named in deno.json so that editors show them too:
 * who may import whom, what a pure folder must not touch, who may print, how long a function is.
 */
import { importProblem, isPure, packageProblem } from "./layer_table.ts";
import { impurity, isBrowserFile, isValueRead } from "./purity.ts";

const ROOT = new URL("../../", import.meta.url);

/** A function that needs more does not fit one screen. */
const FUNCTION_LINES_MAX = 70;

/** What may print: the log, what the tasks and examples show on a terminal, and tests. */
const PRINTERS =
  /^(core\/log\.ts|core\/tasks\/.*|core\/sim\/main\.ts|docs\/examples\/.*|tests\/.*)$/;

/** The path of the linted file inside the project. */
function projectPath(filename: string): string {
  const path = filename.replaceAll("\\", "/");
  const root = decodeURIComponent(ROOT.pathname);
  const start = path.indexOf(root);
  return start === -1 ? path.replace(/^\/+/, "") : path.slice(start + root.length);
}

/** The project path that a relative specifier means. */
function resolve(from: string, specifier: string): string {
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}

function checkImport(
  context: Deno.lint.RuleContext,
  node: Deno.lint.Node,
  wanted: { specifier: string; typeOnly: boolean },
): void {
  const from = projectPath(context.filename);
  const relative = /^\.{1,2}\//.test(wanted.specifier);
  const message = relative
    ? importProblem(from, decodeURI(resolve(from, wanted.specifier)), wanted.typeOnly)
    : packageProblem(from, wanted.specifier);
  if (message !== null) context.report({ node, message });
}

function imports(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  return {
    ImportDeclaration(node) {
      const typeOnly = node.importKind === "type" || node.specifiers.length > 0 &&
          node.specifiers.every((s) => s.type === "ImportSpecifier" && s.importKind === "type");
      checkImport(context, node, { specifier: node.source.value, typeOnly });
    },
    ExportAllDeclaration(node) {
      const typeOnly = node.exportKind === "type";
      checkImport(context, node, { specifier: node.source.value, typeOnly });
    },
    ExportNamedDeclaration(node) {
      if (node.source === null) return;
      const typeOnly = node.exportKind === "type";
      checkImport(context, node, { specifier: node.source.value, typeOnly });
    },
    ImportExpression(node) {
      if (node.source.type !== "Literal" || typeof node.source.value !== "string") return;
      checkImport(context, node, { specifier: node.source.value, typeOnly: false });
    },
    TSImportType(node) {
      const literal = node.argument.type === "TSLiteralType" ? node.argument.literal : null;
      if (literal?.type !== "Literal" || typeof literal.value !== "string") return;
      checkImport(context, node, { specifier: literal.value, typeOnly: true });
    },
  };
}

function purity(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = projectPath(context.filename);
  if (!isPure(path) || isBrowserFile(path)) return {};
  return {
    Identifier(node) {
      const message = impurity(node);
      if (message !== null) context.report({ node, message: `${path}: ${message}` });
    },
  };
}

function printing(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (PRINTERS.test(projectPath(context.filename))) return {};
  return {
    Identifier(node) {
      if (node.name !== "console" || !isValueRead(node)) return;
      context.report({ node, message: "Only core/log.ts prints: take a Logger" });
    },
  };
}

function functionLines(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (projectPath(context.filename).startsWith("tests/")) return {};
  const check = (node: Deno.lint.Node) => {
    const text = context.sourceCode.text.slice(node.range[0], node.range[1]);
    const lines = text.split("\n").length;
    if (lines <= FUNCTION_LINES_MAX) return;
    context.report({ node, message: `${lines} lines, wanted ${FUNCTION_LINES_MAX} at most` });
  };
  return {
    FunctionDeclaration: check,
    FunctionExpression: check,
    ArrowFunctionExpression: check,
  };
}

const plugin: Deno.lint.Plugin = {
  name: "layers",
  rules: {
    "imports": { create: imports },
    "purity": { create: purity },
    "printing": { create: printing },
    "function-lines": { create: functionLines },
  },
};

export default plugin;
