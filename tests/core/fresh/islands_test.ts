import assert from "node:assert/strict";
import type { Signal } from "@preact/signals";
import { csp } from "../../../core/fresh/mod.ts";
import { revive } from "../../../core/fresh/revive.ts";
import { APP_FILE, ask, buildSite } from "./site_fixture.ts";

const SITE = {
  "routes/_app.tsx": APP_FILE.replace("</head>", "<style>{'b{}'}</style></head>"),
  "islands/Counter.tsx": `
    import Label from "./Label.tsx";
    export default function Counter({ count, text }) { return <button><Label text={text}/>{count}</button>; }
    export function Twin({ count }) { return <i>{count}</i>; }`,
  "islands/Label.tsx": `export default function Label({ text }) { return <b>{text}</b>; }`,
  "islands/Unused.tsx": `export default () => <b/>;`,
  "routes/index.tsx": `
    import { signal } from "@preact/signals";
    import Counter, { Twin } from "../islands/Counter.tsx";
    export default () => {
      const count = signal(3);
      return <main><Counter count={count} text={"</script><b>"}/><p>static</p><Twin count={count}/></main>;
    };`,
  "routes/plain.tsx": `export default () => <p>no islands</p>;`,
  "routes/depth/(_islands)/Depth.tsx": `export default ({ side }) => <i>{side}</i>;`,
  "routes/depth/index.tsx": `
    import Depth from "./(_islands)/Depth.tsx";
    export default () => <Depth side="bid"/>;`,
  "routes/children.tsx": `
    import Label from "../islands/Label.tsx";
    export default () => <Label text="x"><b/></Label>;`,
  "routes/jsx.tsx": `
    import Label from "../islands/Label.tsx";
    export default () => <Label text={<b/>}/>;`,
};

interface PageData {
  assetKey: string;
  modules: string[];
  props: Parameters<typeof revive>[0];
}

function dataOf(html: string): PageData {
  return JSON.parse(/id="__fresh">(.*?)<\/script>/.exec(html)![1]!);
}

Deno.test("Islands", async (t) => {
  await using site = await buildSite(SITE);
  const handler = site.handler();
  const html = await (await ask(handler, "/")).text();

  await t.step("Each stands between markers that name its module and export", () => {
    assert.match(
      html,
      /<!--fresh:0:default--><button><b>&lt;\/script>&lt;b><\/b>3<\/button><!--\/fresh--><p>static<\/p><!--fresh:0:Twin--><i>3<\/i><!--\/fresh-->/,
    );
  });

  await t.step("An island inside an island is part of the outer one", () => {
    assert.equal(html.match(/<!--fresh:/g)!.length, 2);
  });

  await t.step("Their props travel once, with identity", () => {
    const [counter, twin] = revive(dataOf(html).props) as { count: Signal<number>; text: string }[];
    assert.equal(counter!.count, twin!.count);
    assert.equal(counter!.count.value, 3);
    assert.equal(counter!.text, "</script><b>");
  });

  await t.step("The page loads the modules it uses and no other", () => {
    const { boot, islands } = site.manifest;
    const counter = islands.find(({ file }) => file === "islands/Counter.tsx")!;
    assert.deepEqual(dataOf(html).modules, [counter.url]);
    const preloaded = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map((m) =>
      m[1]
    );
    assert.deepEqual(
      preloaded.toSorted(),
      [...new Set([counter.url, ...counter.imports, ...boot.imports])].toSorted(),
    );
    assert.ok(html.includes(`<script type="module" src="${boot.url}"></script></body>`));
    assert.doesNotMatch(html, /Unused/);
  });

  await t.step("A page without islands has no script at all", async () => {
    assert.doesNotMatch(await (await ask(handler, "/plain")).text(), /<script|modulepreload/);
  });

  await t.step("An island may live beside its route", async () => {
    const depth = await (await ask(handler, "/depth")).text();
    assert.match(depth, /<!--fresh:0:default--><i>bid<\/i>/);
    assert.match(dataOf(depth).modules[0]!, /Depth/);
  });

  await t.step("JSX handed to an island is refused with the reason", async () => {
    await assert.rejects(ask(handler, "/children"), /Cannot render island default: it takes no/);
    await assert.rejects(ask(handler, "/jsx"), /JSX cannot be a prop of an island/);
  });

  await t.step("A failed rendering leaves nothing behind for the next", async () => {
    await assert.rejects(ask(handler, "/jsx"));
    assert.equal(await (await ask(handler, "/")).text(), html);
  });

  await t.step("Under a nonce policy every script and style carries the nonce", async () => {
    const guarded = site.handler((app) => app.use(csp({ useNonce: true })));
    const response = await ask(guarded, "/");
    const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(
      response.headers.get("content-security-policy")!,
    )![1]!;
    const text = await response.text();
    const tags = text.match(/<(script type="module"|style|link rel="modulepreload")[^>]*>/g)!;
    assert.ok(tags.length >= 4);
    for (const tag of tags) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
    const again = await ask(guarded, "/");
    assert.doesNotMatch(again.headers.get("content-security-policy")!, new RegExp(nonce));
    assert.doesNotMatch(await again.text(), new RegExp(nonce));
  });
});
