/// <reference lib="deno.unstable" />
/** Names that reach outside a pure function. */
const IMPURE = new Set([
  "Deno",
  "Temporal",
  "performance",
  "crypto",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "requestAnimationFrame",
  "console",
  "navigator",
  "WebSocket",
  "EventSource",
  "Worker",
  "BroadcastChannel",
  "localStorage",
  "sessionStorage",
  "document",
  "window",
  "self",
  "globalThis",
  "process",
]);

const LOCAL_TIME = /^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)$/;

/** Browser code inside a pure folder; it takes socket, clock and timers as injected defaults. */
const BROWSER_FILES = new Set(["core/wire/client_shell.ts"]);

/** Whether a pure folder's file is excused from purity. */
export function isBrowserFile(path: string): boolean {
  return BROWSER_FILES.has(path);
}

/** Whether the identifier is read as a value (not a property name, a key or a type). */
export function isValueRead(node: Deno.lint.Identifier): boolean {
  const parent = node.parent;
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
      return parent.value === node || parent.computed;
    case "PropertyDefinition":
      return parent.value === node || parent.computed;
    case "MethodDefinition":
    case "ImportSpecifier":
    case "ExportSpecifier":
    case "LabeledStatement":
      return false;
    default:
      return !parent.type.startsWith("TS") || VALUE_WRAPPERS.has(parent.type);
  }
}

/** TypeScript nodes that hold a value, not a type. */
const VALUE_WRAPPERS = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);

/** What is impure about reading the identifier, or null. */
export function impurity(node: Deno.lint.Identifier): string | null {
  const { name, parent } = node;
  if (LOCAL_TIME.test(name)) {
    const isCall = parent.type === "MemberExpression" && parent.property === node;
    return isCall ? `${name} reads the machine's time zone: use core/market/time.ts` : null;
  }
  if (!isValueRead(node)) return null;
  if (IMPURE.has(name)) return `must not use ${name}: take what it gives as an argument`;
  const member = parent.type === "MemberExpression" && parent.object === node ? parent : null;
  const property = member?.property.type === "Identifier" && !member.computed
    ? member.property.name
    : null;
  if (name === "Math") {
    const pure = property !== null && property !== "random";
    return pure ? null : "must not use Math.random: take a number source as an argument";
  }
  if (name !== "Date") return null;
  if (property === "parse" || property === "UTC") return null;
  if (parent.type === "NewExpression" && parent.arguments.length > 0) return null;
  if (parent.type === "BinaryExpression" && parent.operator === "instanceof") return null;
  return "must not read the clock: take the instant as an argument";
}
