/** The pure folders, inner first: each may import those before it. */
export const PURE = [
  "core/market",
  "core/wire",
  "core/ssi",
  "core/tape",
  "core/analytics",
  "core/engine",
  "core/hub",
  "core/exchange",
] as const;

/** Files that wire everything together; nobody but a test imports them. */
const ENTRIES = [
  "main.ts",
  "worker.ts",
  "dev.ts",
  "core/sim/main.ts",
  "core/sim/worker.ts",
  "core/sim/replay_worker.ts",
  "core/tasks/ingest_process.ts",
  "core/tasks/record.ts",
  "core/tasks/replay.ts",
];

const SHELL = [
  "core/port",
  "core/config",
  "core/config_forms",
  "core/ip",
  "core/log",
  "core/http_port",
  "core/file_lock",
  "core/secret",
  "core/metrics",
];
const BROWSER = ["preact", "@preact/signals", "fresh/runtime"];

interface Allowed {
  /** Layers it may import beside itself; `*` is every one but the entries. */
  readonly layers: readonly string[];
  /** Names of the import map it may use (a name covers its subpaths); `*` is every one. */
  readonly packages: readonly string[];
  /** True when only types may cross. */
  readonly typesOnly?: boolean;
}

const shell: Allowed = { layers: [...PURE, ...SHELL], packages: ["zod", "node:"] };
const anything: Allowed = { layers: ["*"], packages: ["*"] };

const TABLE: Readonly<Record<string, Allowed>> = {
  ...Object.fromEntries(
    PURE.map((layer, i) => [layer, { layers: PURE.slice(0, i), packages: ["zod"] }]),
  ),
  "core/port": {
    layers: ["core/market", "core/wire", "core/ssi", "core/analytics"],
    packages: [],
    typesOnly: true,
  },
  "core/secret": { layers: [], packages: [] },
  "core/log": { layers: ["core/market", "core/secret"], packages: ["node:"] },
  "core/http_port": { layers: ["core/log"], packages: [] },
  "core/file_lock": { layers: [], packages: [] },
  "core/config": {
    layers: [...PURE, "core/config_forms", "core/ip", "core/secret", "core/log"],
    packages: ["zod"],
  },
  "core/ip": { layers: [], packages: [] },
  "core/config_forms": { layers: ["core/market", "core/ip", "core/secret"], packages: ["zod"] },
  "core/metrics": shell,
  "core/feed": shell,
  "core/bus": {
    layers: shell.layers,
    packages: [
      ...shell.packages,
      ...["@nats-io/transport-node", "@nats-io/jetstream", "@nats-io/kv", "redis"],
    ],
  },
  "core/sim": shell,
  "core/gateway": { layers: shell.layers, packages: [...shell.packages, "ws"] },
  "db": {
    layers: shell.layers,
    packages: [...shell.packages, "postgres", "kysely", "kysely-postgres-js", "hyparquet-writer"],
  },
  "core/fresh": {
    layers: [],
    packages: ["hono", "preact", "preact-render-to-string", "@preact/signals", "esbuild", "node:"],
  },
  "components": {
    layers: ["core/market", "core/wire"],
    packages: [...BROWSER, "uplot", "lightweight-charts"],
  },
  "islands": { layers: ["components", "core/market", "core/wire"], packages: BROWSER },
  "routes": {
    layers: ["islands", "components", ...PURE, "core/port", "core/gateway", "utils.ts"],
    packages: ["fresh", "preact", "@preact/signals"],
  },
  "utils.ts": { layers: ["components", ...PURE, ...SHELL, "core/gateway"], packages: ["fresh"] },
  "core/tasks": anything,
  // An example stands alone, so that it can be copied.
  "docs": { layers: [], packages: ["node:"] },
  "tests": { layers: ["*", "entry"], packages: ["*"] },
  "entry": anything,
};

/** The layer of a path inside the project, or null when the table does not know it. */
export function layerOf(path: string): string | null {
  if (ENTRIES.includes(path)) return "entry";
  const [top = "", second = ""] = path.split("/");
  // A page's own pieces live beside the route, in private folders.
  if (top === "routes" && path.includes("/(_components)/")) return "components";
  if (top === "routes" && path.includes("/(_islands)/")) return "islands";
  const layer = top === "core" ? `core/${second.replace(/\.tsx?$/, "")}` : top;
  return layer in TABLE ? layer : null;
}

/** Whether the folder of a path must be free of clock, randomness and I/O. */
export function isPure(path: string): boolean {
  return PURE.some((folder) => path.startsWith(`${folder}/`));
}

/** Why `from` may not import `target` (a path inside the project), or null when it may. */
export function importProblem(from: string, target: string, typeOnly: boolean): string | null {
  const source = layerOf(from);
  if (source === null) return `${from} is in no layer: add its folder to tests/lint/layer_table.ts`;
  const layer = layerOf(target);
  // The development server loads the application, as Fresh does it, and so does a replay.
  if ((from === "dev.ts" || from === "core/tasks/replay.ts") && target === "main.ts") return null;
  if (layer === "entry" && source !== "tests") return `${target} is an entry: only tests import it`;
  const allowed = TABLE[source]!;
  if (layer !== source && !allowed.layers.includes("*")) {
    if (layer === null || !allowed.layers.includes(layer)) {
      return `${source} must not import ${layer ?? target}`;
    }
    if (allowed.typesOnly && !typeOnly) return `${source} imports only types of ${layer}`;
  }
  return null;
}

/** Why `from` may not import a bare name, or null when it may. */
export function packageProblem(from: string, name: string): string | null {
  if (/^(npm|jsr|https?|data|file):/.test(name)) {
    return `${name}: import it by its name in deno.json, where the version is`;
  }
  const source = layerOf(from);
  if (source === null) return `${from} is in no layer: add its folder to tests/lint/layer_table.ts`;
  const allowed = TABLE[source]!.packages;
  const fits = (entry: string) =>
    entry === "*" || entry === name || name.startsWith(entry.endsWith(":") ? entry : `${entry}/`);
  return allowed.some(fits) ? null : `${source} must not import ${name}`;
}
