import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { parseConfig, VARIABLES } from "../../core/config.ts";
import { projectText } from "./project.ts";

const compose = projectText("compose.yaml");
const nginx = projectText("deploy/nginx.conf");
const image = JSON.parse(/^CMD (\[.*\])$/m.exec(projectText("Dockerfile"))![1]!) as string[];
const { tasks } = JSON.parse(projectText("deno.json")) as {
  tasks: Record<string, { command: string }>;
};

/** Lists of words under a key. */
function listsOf(key: string): string[][] {
  return [...compose.matchAll(new RegExp(`^ +${key}:\\s*\\[([^\\]]*)\\]`, "gm"))].map(([, words]) =>
    words!.split(/[,\s]+/).filter((word) => word !== "").map((word) => word.replaceAll('"', ""))
  );
}

Deno.test("the composition opens nothing but the proxy, and that to this machine only", () => {
  assert.deepEqual(listsOf("ports"), [["127.0.0.1:8080:8080"]]);
  assert.match(nginx, /^ +listen 8080;$/m);
});

Deno.test("the composition runs the program as the image does, with the entries of the tasks", () => {
  const programs = listsOf("command").filter(([name]) => name === "deno");
  assert.equal(programs.length, 2);
  for (const [at, task] of ["ingest", "web"].entries()) {
    const flags = programs[at]!.filter((word) => word.startsWith("--allow-"));
    assert.deepEqual(flags, flags.filter((flag) => image.includes(flag)), "rights of the image");
    const words = tasks[task]!.command.split(" ");
    assert.deepEqual(flags, words.filter((word) => word.startsWith("--allow-")), "of the task");
    const entry = programs[at]!.slice(programs[at]!.findLastIndex((word) => /\.ts$/.test(word)));
    assert.deepEqual(entry, words.slice(-entry.length));
    assert.ok(existsSync(new URL(`../../${entry[0]}`, import.meta.url)));
  }
});

Deno.test("the composition sets only variables that are read, to values that are taken", () => {
  const given = Object.fromEntries(
    [...compose.matchAll(/^ +([A-Z][A-Z_]+): "?([^"\n]+)"?$/gm)]
      .map(([, name, value]) => [name!, value!.replace(/\$\{\w+:[-?]\}/, "secret")])
      .filter(([name]) => !name!.startsWith("POSTGRES_")),
  );
  assert.ok("BUS_URL" in given && "TRUSTED_HOPS" in given);
  for (const name of Object.keys(given)) assert.ok(VARIABLES.includes(name), name);
  const parsed = parseConfig(given);
  assert.ok(parsed.ok, JSON.stringify(parsed));
});

Deno.test("the proxy passes sockets and events on as they come, and waits longer than a heartbeat", () => {
  for (const line of ["proxy_buffering off", "proxy_set_header Upgrade $http_upgrade"]) {
    assert.ok(nginx.includes(`${line};`), line);
  }
  const parsed = parseConfig({});
  assert.ok(parsed.ok);
  const { heartbeatIntervalMs, heartbeatTimeoutMs } = parsed.config.ws;
  const readMs = 1_000 * Number(/proxy_read_timeout (\d+)s;/.exec(nginx)![1]);
  assert.ok(readMs > heartbeatIntervalMs + heartbeatTimeoutMs);
});
