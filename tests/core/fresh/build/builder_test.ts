import assert from "node:assert/strict";
import { join } from "node:path";
import { Builder } from "../../../../core/fresh/dev.ts";
import { listFiles } from "../../../../core/fresh/build/crawl.ts";
import { APP_FILE, ask, buildSite, writeFiles } from "../site_fixture.ts";

const PAGE = { "routes/index.tsx": `export default () => <p>page</p>;` };

async function outputs(dir: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const file of await listFiles(join(dir, "_fresh"))) {
    files[file] = await Deno.readTextFile(join(dir, "_fresh", file));
  }
  return files;
}

Deno.test("The same sources give the same build, byte by byte", async () => {
  const files = {
    ...PAGE,
    "islands/A.tsx":
      `import { useSignal } from "@preact/signals"; export default () => <b>{useSignal(1)}</b>;`,
    "islands/B.tsx":
      `import { useSignal } from "@preact/signals"; export default () => <i>{useSignal(2)}</i>;`,
    "static/a.css": "b {}".repeat(100),
  };
  await using first = await buildSite(files);
  await using second = await buildSite(files);
  assert.deepEqual(await outputs(first.dir), await outputs(second.dir));
});

Deno.test("A change of one island or file changes its own addresses and no other", async () => {
  const files = {
    ...PAGE,
    "islands/A.tsx": `export default () => <b>1</b>;`,
    "islands/B.tsx": `export default () => <b>2</b>;`,
    "static/a.css": "b {}",
  };
  await using before = await buildSite(files);
  await using island = await buildSite({
    ...files,
    "islands/A.tsx": `export default () => <b>9</b>;`,
  });
  await using style = await buildSite({ ...files, "static/a.css": "i {}" });
  assert.notEqual(island.manifest.islands[0]!.url, before.manifest.islands[0]!.url);
  assert.equal(island.manifest.islands[1]!.url, before.manifest.islands[1]!.url);
  assert.equal(island.manifest.boot.url, before.manifest.boot.url);
  assert.equal(island.manifest.assetKey, before.manifest.assetKey);
  assert.notEqual(style.manifest.assetKey, before.manifest.assetKey);
  assert.deepEqual(style.manifest.islands, before.manifest.islands);
});

Deno.test("Another build removes what the last one left", async () => {
  await using site = await buildSite({ ...PAGE, "static/old.txt": "old" });
  await Deno.remove(join(site.dir, "static/old.txt"));
  await new Builder({ root: site.dir }).build();
  assert.deepEqual(Object.keys(await outputs(site.dir)).filter((file) => file.includes("old")), []);
});

Deno.test("A page of two islands that share a signal loads at most 9,200 bytes of script", async () => {
  const island = (tag: string) =>
    `import { useComputed } from "@preact/signals";
    export default ({ count }) => {
      const twice = useComputed(() => count.value * 2);
      return <${tag} onClick={() => count.value++}>{count} {twice}</${tag}>;
    };`;
  await using site = await buildSite({
    ...PAGE,
    "islands/A.tsx": island("b"),
    "islands/B.tsx": island("i"),
  });
  const { boot, islands, files } = site.manifest;
  const urls = new Set([boot, ...islands].flatMap(({ url, imports }) => [url, ...imports]));
  const bytes = [...urls].reduce((sum, url) => sum + (files[url]!.br ?? files[url]!.bytes), 0);
  assert.ok(bytes <= 9_200, `${bytes} bytes, compressed`);
});

Deno.test("What the islands of a layout need is one chunk, whichever other islands share of it", async () => {
  const uses = (name: string) =>
    `import { ${name} } from "../lib/${name}.ts"; export default () => <b>{${name}()}</b>;`;
  await using site = await buildSite({
    ...PAGE,
    "routes/_layout.tsx": `import Bar from "../islands/Bar.tsx";
      export default ({ Component }) => <div><Bar /><Component /></div>;`,
    "islands/A.tsx": uses("a"),
    "islands/B.tsx": uses("b"),
    "islands/Bar.tsx": `import { a } from "../lib/a.ts"; import { b } from "../lib/b.ts";
      import { c } from "../lib/c.ts"; export default () => <i>{a() + b() + c()}</i>;`,
    "lib/a.ts": `export const a = () => "from a";`,
    "lib/b.ts": `export const b = () => "from b";`,
    "lib/c.ts": `export const c = () => "from c";`,
  });
  const { boot, islands } = site.manifest;
  const chunks = new Set([boot, ...islands].flatMap(({ imports }) => imports));
  assert.equal(chunks.size, 1);
  const [chunk] = [...chunks];
  const text = (await outputs(site.dir))[`static${chunk}`]!;
  for (const from of ["from a", "from b", "from c"]) assert.ok(text.includes(from), from);
});

Deno.test("A chunk that an island imports later is built and not preloaded", async () => {
  await using site = await buildSite({
    ...PAGE,
    "islands/Chart.tsx": `
      import { useEffect } from "preact/hooks";
      export default () => { useEffect(() => { import("./heavy.ts"); }); return <b/>; };`,
    "islands/heavy.ts": `export const heavy = "x".repeat(3);`,
  });
  const chart = site.manifest.islands.find(({ file }) => file.endsWith("Chart.tsx"))!;
  const heavy = site.manifest.islands.find(({ file }) => file.endsWith("heavy.ts"))!;
  assert.ok(!chart.imports.includes(heavy.url));
});

Deno.test("An island that pulls in what only a server has fails the build with the file's name", async () => {
  const cases: [string, RegExp][] = [
    [
      `import { readFileSync } from "node:fs"; export default () => <b>{readFileSync("x")}</b>;`,
      /islands\/X\.tsx.*node:fs, which only a server has/,
    ],
    [
      `import { join } from "path"; export default () => <b>{join("x")}</b>;`,
      /path, which only a server has/,
    ],
    [
      `import { read } from "../lib/read.ts"; export default () => <b>{read()}</b>;`,
      /lib\/read\.ts uses Deno, which only a server has/,
    ],
    [
      `import x from "left-pad"; export default () => <b>{x}</b>;`,
      /left-pad, which deno\.json does not name/,
    ],
    [`export default () => <b>{`, /islands\/X\.tsx:\d+: /],
    [`import x from "./missing.ts"; export default () => <b>{x}</b>;`, /missing\.ts/],
  ];
  const lib = { "lib/read.ts": `export const read = () => Deno.readTextFileSync("x");` };
  for (const [source, message] of cases) {
    await assert.rejects(
      buildSite({ ...PAGE, ...lib, "islands/X.tsx": source }),
      (error: Error) => {
        assert.match(error.message, /^Cannot bundle the islands: /);
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

Deno.test("Server-only code that tree shaking removes, and types, do no harm", async () => {
  await using site = await buildSite({
    ...PAGE,
    "lib/mixed.ts":
      `export const read = () => Deno.readTextFileSync("x"); export const two = 2; export type T = number;`,
    "islands/X.tsx":
      `import { two, type T } from "../lib/mixed.ts"; export default () => <b>{two as T}</b>;`,
  });
  assert.equal(site.manifest.islands.length, 1);
});

Deno.test("Routes that clash or mean nothing fail the build", async () => {
  const both = { "routes/a.tsx": "", "routes/(g)/a.tsx": "" };
  await assert.rejects(
    buildSite(both),
    /Cannot route \/a: both routes\/\(g\)\/a\.tsx and routes\/a\.tsx/,
  );
  await assert.rejects(buildSite({ "routes/_404.tsx": "" }), /no meaning is known for _404/);
});

Deno.test("A route file without use fails at the start, with its name", async () => {
  await using site = await buildSite({ "routes/empty.ts": "export const x = 1;" });
  await assert.rejects(ask(site.handler(), "/empty"), /routes\/empty\.ts: it exports neither/);
});

Deno.test("Tests beside routes and islands are left out", async () => {
  await using site = await buildSite({
    ...PAGE,
    "routes/index_test.ts": "",
    "islands/A_test.tsx": "",
  });
  assert.deepEqual([site.manifest.routes, site.manifest.islands], [["index.tsx"], []]);
});

Deno.test("A build whose sources are broken leaves the last one in use", async () => {
  await using site = await buildSite(PAGE);
  await writeFiles(site.dir, { "islands/A.tsx": "export default () => <b>{" });
  await assert.rejects(new Builder({ root: site.dir }).build(), /islands\/A\.tsx/);
  assert.equal((await ask(site.handler(), "/")).status, 200);
});

Deno.test("A build that is cut short while it writes leaves nothing that passes for a build", async () => {
  await using site = await buildSite(PAGE);
  await writeFiles(site.dir, { "static/_fresh": "in the way of the folder of that name" });
  await assert.rejects(new Builder({ root: site.dir }).build());
  assert.throws(() => site.handler(), /run "deno task build" first/);
});

Deno.test("main.ts serves after a build with a frozen lock and no network, and says so without one", async () => {
  const root = join(import.meta.dirname!, "../../../..");
  await using site = await buildSite({
    "routes/_app.tsx": APP_FILE,
    ...PAGE,
    "islands/A.tsx": `export default () => <b>island</b>;`,
    "main.ts": `
      import { App, staticFiles } from "fresh";
      const app = new App().use(staticFiles()).fsRoutes();
      await app.listen({ port: 0, hostname: "127.0.0.1", onListen: ({ port }) => console.log(port) });`,
  });
  const main = () =>
    new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--cached-only",
        "--frozen",
        "--no-prompt",
        "--allow-net=127.0.0.1",
        "--allow-env",
      ]
        .concat(["--allow-read", `--config=${join(root, "deno.json")}`, join(site.dir, "main.ts")]),
      cwd: site.dir,
      stdout: "piped",
      stderr: "piped",
    });
  await using child = main().spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream());
  let text = "";
  for await (const part of lines.values({ preventCancel: true })) {
    text += part;
    if (text.includes("\n")) break;
  }
  const response = await fetch(`http://127.0.0.1:${Number(text)}/`);
  assert.match(await response.text(), /<p>page<\/p>/);
  child.kill();
  await Promise.all([lines.cancel(), child.stderr.cancel(), child.status]);

  await Deno.remove(join(site.dir, "_fresh"), { recursive: true });
  const { code, stderr } = await main().output();
  assert.notEqual(code, 0);
  assert.match(new TextDecoder().decode(stderr), /is missing, run "deno task build" first/);
});
