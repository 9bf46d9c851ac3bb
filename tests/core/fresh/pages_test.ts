import assert from "node:assert/strict";
import { APP_FILE, ask, buildSite } from "./site_fixture.ts";

const LAYOUT = (name: string) =>
  `export default ({ Component, data }) => <div id="${name}" title={data?.title}><Component/></div>;`;
const ERROR_PAGE = (name: string) =>
  `export default ({ error }) => <p id="${name}">{error.status ?? 500}</p>;`;

const SITE = {
  "routes/_app.tsx": APP_FILE,
  "routes/_layout.tsx": LAYOUT("outer"),
  "routes/_error.tsx": ERROR_PAGE("root-error"),
  "routes/_middleware.ts": `export const handler = [
    (ctx) => { ctx.state.trail = ["root"]; return ctx.next(); },
    async (ctx) => { const r = await ctx.next(); r.headers.set("x-trail", ctx.state.trail.join()); return r; },
  ];`,
  "routes/index.tsx": `export default function Home({ url }) { return <h1>{url.pathname}</h1>; }`,
  "routes/data.tsx": `
    import { page } from "fresh";
    export const handler = {
      GET: () => page({ title: "T&C" }, { status: 202, headers: { "x-own": "1" } }),
      POST: async (ctx) => new Response(await ctx.req.text()),
    };
    export default ({ data, params }) => <h1>{data.title}{JSON.stringify(params)}</h1>;`,
  "routes/async.tsx": `
    export default async function Page({ url }) {
      await Promise.resolve();
      if (url.search) return new Response("early", { status: 418 });
      return <h1>awaited</h1>;
    }`,
  "routes/api/plain.ts": `export const handler = (ctx) => new Response(ctx.req.method);`,
  "routes/api/[id].ts": `export const handlers = { PUT: (ctx) => Response.json(ctx.params) };`,
  "routes/api/_error.ts": `export const handler = (ctx) =>
    Response.json({ status: ctx.error.status ?? 500 }, { status: ctx.error.status ?? 500 });`,
  "routes/boom.tsx": `export default () => { throw new Error("secret stack"); };`,
  "routes/admin/_layout.tsx": LAYOUT("admin"),
  "routes/admin/_error.tsx": ERROR_PAGE("admin-error"),
  "routes/admin/_middleware.ts":
    `export default (ctx) => { ctx.state.trail.push("admin"); return ctx.next(); };`,
  "routes/admin/index.tsx": `export default () => <h1>admin</h1>;`,
  "routes/admin/boom.tsx": `export const handler = () => { throw new Error("secret stack"); };`,
  "routes/(wide)/_layout.tsx": `export const config = { skipInheritedLayouts: true };\n${
    LAYOUT("wide")
  }`,
  "routes/(wide)/board.tsx": `export default () => <h1>board</h1>;`,
  "routes/(bare)/_layout.tsx":
    `export const config = { skipAppWrapper: true, skipInheritedLayouts: true };\n${
      LAYOUT("bare")
    }`,
  "routes/(bare)/embed.tsx": `export default () => <h1>embed</h1>;`,
  "routes/(_components)/helper.tsx": `export default () => <b/>;`,
};

/** Gives a page without the space that compiled JSX leaves for an absent attribute. */
async function pageOf(response: Response): Promise<string> {
  return (await response.text()).replaceAll('" >', '">');
}

/** Gives the body of a page, without the frame. */
async function bodyOf(response: Response): Promise<string> {
  return /<body>(.*)<\/body>/.exec(await pageOf(response))![1]!;
}

Deno.test("File routes", async (t) => {
  await using site = await buildSite(SITE);
  const handler = site.handler();
  const get = async (path: string) => await bodyOf(await ask(handler, path));

  await t.step("A page stands in its layouts and the application's frame", async () => {
    const response = await ask(handler, "/");
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    assert.equal(
      await pageOf(response),
      '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>Default</title></head>' +
        '<body><div id="outer"><h1>/</h1></div></body></html>',
    );
    assert.equal(
      await get("/admin"),
      '<div id="outer"><div id="admin"><h1>admin</h1></div></div>',
    );
  });

  await t.step("A handler's data, status and headers reach page, layout and answer", async () => {
    const response = await ask(handler, "/data");
    assert.deepEqual([response.status, response.headers.get("x-own")], [202, "1"]);
    assert.equal(
      await bodyOf(response),
      '<div id="outer" title="T&amp;C"><h1>T&amp;C{}</h1></div>',
    );
    const posted = await ask(handler, "/data", { method: "POST", body: "form" });
    assert.equal(await posted.text(), "form");
  });

  await t.step("An async page is awaited and may answer itself", async () => {
    assert.match(await get("/async"), /<h1>awaited<\/h1>/);
    assert.equal((await ask(handler, "/async?x")).status, 418);
  });

  await t.step("Groups shape layouts and not the address", async () => {
    assert.equal(await get("/board"), '<div id="wide"><h1>board</h1></div>');
    assert.equal(await get("/embed"), '<div id="bare"><h1>embed</h1></div>');
    assert.doesNotMatch(await (await ask(handler, "/embed")).text(), /Default/);
  });

  await t.step("Private folders have no address", async () => {
    assert.equal((await ask(handler, "/(_components)/helper")).status, 404);
    assert.equal((await ask(handler, "/helper")).status, 404);
  });

  await t.step("Middlewares of the folders run outer first", async () => {
    assert.equal((await ask(handler, "/")).headers.get("x-trail"), "root");
    assert.equal((await ask(handler, "/admin")).headers.get("x-trail"), "root,admin");
  });

  await t.step("An unknown address is a 404 of the nearest error page", async () => {
    const root = await ask(handler, "/nowhere/at/all");
    assert.equal(root.status, 404);
    assert.equal(await bodyOf(root), '<div id="outer"><p id="root-error">404</p></div>');
    const admin = await ask(handler, "/admin/nowhere");
    assert.equal(admin.status, 404);
    assert.match(await bodyOf(admin), /<div id="admin"><p id="admin-error">404/);
    const api = await ask(handler, "/api/no/such");
    assert.deepEqual([api.status, await api.json()], [404, { status: 404 }]);
  });

  await t.step("A defect is a 500 of the nearest error page, without its stack", async () => {
    for (const [path, id] of [["/boom", "root-error"], ["/admin/boom", "admin-error"]]) {
      const response = await ask(handler, path!);
      const html = await response.text();
      assert.equal(response.status, 500);
      assert.match(html, new RegExp(`<p id="${id}">500</p>`));
      assert.doesNotMatch(html, /secret|\.tsx/);
    }
  });

  await t.step("A method without a handler is 405 with Allow, told by the error page", async () => {
    const api = await ask(handler, "/api/7", { method: "DELETE" });
    assert.deepEqual([api.status, api.headers.get("allow")], [405, "PUT, OPTIONS"]);
    assert.deepEqual(await api.json(), { status: 405 });
    const page = await ask(handler, "/", { method: "POST" });
    assert.deepEqual([page.status, page.headers.get("allow")], [405, "GET, HEAD, OPTIONS"]);
    assert.match(await page.text(), /root-error/);
  });

  await t.step("A function answers every method, a parameter is handed over", async () => {
    const plain = await ask(handler, "/api/plain", { method: "DELETE" });
    assert.equal(await plain.text(), "DELETE");
    const put = await ask(handler, "/api/VN30F1M", { method: "PUT" });
    assert.deepEqual(await put.json(), { id: "VN30F1M" });
  });

  await t.step("HEAD of a page has the page's status and no body", async () => {
    const response = await ask(handler, "/data", { method: "HEAD" });
    assert.deepEqual([response.status, await response.text()], [202, ""]);
  });

  await t.step("Routes in code stand beside routes in files", async () => {
    const mixed = site.handler((app) => app.get("/health", () => new Response("up")));
    assert.equal(await (await ask(mixed, "/health")).text(), "up");
    assert.match(await (await ask(mixed, "/")).text(), /<h1>\//);
  });
});

Deno.test("An error page that fails leaves the error to the page above, the last to the server", async () => {
  await using site = await buildSite({
    "routes/_error.tsx":
      `export default ({ error }) => { if (error.message === "deep") return <p>saved</p>; throw error; };`,
    "routes/a/_error.tsx": `export default () => { throw new Error("deep"); };`,
    "routes/a/index.tsx": `export default () => { throw new Error("first"); };`,
    "routes/b.tsx": `export default () => { throw new Error("second"); };`,
  });
  const handler = site.handler();
  assert.match(await (await ask(handler, "/a")).text(), /saved/);
  await assert.rejects(ask(handler, "/b"), /second/);
});

Deno.test("A middleware in code sees what an error page handled", async () => {
  await using site = await buildSite({
    "routes/_error.tsx": ERROR_PAGE("e"),
    "routes/a/_error.tsx": ERROR_PAGE("e"),
    "routes/a/index.tsx": `export default () => { throw new Error("inner"); };`,
    "routes/b.tsx": `export default () => { throw new Error("outer"); };`,
  });
  const heard: unknown[] = [];
  const handler = site.handler((app) =>
    app.use(async (ctx) => {
      try {
        const response = await ctx.next();
        heard.push(ctx.error);
        return response;
      } catch (error) {
        heard.push(error);
        throw error;
      }
    })
  );
  assert.equal((await ask(handler, "/a")).status, 500);
  assert.equal((await ask(handler, "/b")).status, 500);
  assert.deepEqual(heard.map((error) => (error as Error).message), ["inner", "outer"]);
});

Deno.test("Head", async (t) => {
  await using site = await buildSite({
    "routes/_app.tsx": `export default ({ Component }) => (
      <html><head><title>Default</title><meta name="description" content="all"/><link rel="icon" href="/i"/></head>
      <body><svg><title>Logo</title></svg><Component/></body></html>);`,
    "routes/plain.tsx": `export default () => <p/>;`,
    "routes/own.tsx": `
      import { Head } from "fresh/runtime";
      export default () => <main><Head>
        <title>Own &amp; {"<b>"}</title><meta name="description" content="own"/><meta name="robots" content="none"/>
        <link rel="preload" href="/f" key="font"/></Head>
        <Head><title>Later</title><link rel="preload" href="/g" key="font"/></Head></main>;`,
  });
  const handler = site.handler();
  const headOf = async (path: string) =>
    /<head>(.*)<\/head>/.exec(await (await ask(handler, path)).text())![1];

  await t.step("A page without Head keeps the frame's head", async () => {
    assert.match((await headOf("/plain"))!, /<title>Default<\/title>.*content="all"/);
  });

  await t.step("A page's title, named meta and keyed element replace those before", async () => {
    assert.equal(
      await headOf("/own"),
      '<link rel="icon" href="/i"/><title>Later</title><meta name="description" content="own"/>' +
        '<meta name="robots" content="none"/><link rel="preload" href="/g"/>',
    );
    assert.match(await (await ask(handler, "/own")).text(), /<svg><title>Logo/);
  });
});

Deno.test("ctx.render answers with a page and takes status, headers and layout settings", async () => {
  await using site = await buildSite({
    "routes/_app.tsx": APP_FILE,
    "routes/_layout.tsx": LAYOUT("outer"),
    "routes/index.tsx":
      `export const handler = (ctx) => ctx.render(<b>hi</b>, { status: 201, headers: { "x-a": "1" } });`,
    "routes/bare.tsx": `export const handler = (ctx) =>
      ctx.render(<b>hi</b>, {}, { skipAppWrapper: true, skipInheritedLayouts: true });`,
    "routes/text.tsx": `export const handler = (ctx) => ctx.render("text");`,
  });
  const handler = site.handler();
  const response = await ask(handler, "/");
  assert.deepEqual([response.status, response.headers.get("x-a")], [201, "1"]);
  assert.equal(await bodyOf(response), '<div id="outer"><b>hi</b></div>');
  assert.equal(
    await (await ask(handler, "/bare")).text(),
    '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><b>hi</b></body></html>',
  );
  await assert.rejects(ask(handler, "/text"), /Cannot render string/);
});

Deno.test("Concurrent pages do not mix their heads", async () => {
  await using site = await buildSite({
    "routes/_app.tsx": APP_FILE,
    "routes/[name].tsx": `
      import { Head } from "fresh/runtime";
      export default async ({ params }) => {
        await Promise.resolve();
        return <p><Head><title>{params.name}</title></Head>{params.name}</p>;
      };`,
  });
  const handler = site.handler();
  const names = Array.from({ length: 20 }, (_, i) => `n${i}`);
  const pages = await Promise.all(
    names.map(async (n) => await (await ask(handler, `/${n}`)).text()),
  );
  pages.forEach((html, i) => assert.match(html, new RegExp(`<title>n${i}</title>.*<p>n${i}</p>`)));
});
