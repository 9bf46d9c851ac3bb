import assert from "node:assert/strict";
import { join } from "node:path";
import { Builder } from "../../../../core/fresh/dev.ts";
import { App, staticFiles } from "../../../../core/fresh/mod.ts";
import { APP_FILE, writeFiles } from "../site_fixture.ts";

const SITE = {
  "routes/_app.tsx": APP_FILE,
  "routes/index.tsx": `import A from "../islands/A.tsx"; export default () => <A/>;`,
  "islands/A.tsx": `import { text } from "../lib/text.ts"; export default () => <b>{text}</b>;`,
  "lib/text.ts": `export const text = "first";`,
  "static/a.css": "b {}",
};

interface DevSite extends AsyncDisposable {
  readonly dir: string;
  readonly base: string;
}

async function startDev(): Promise<DevSite> {
  const dir = await Deno.makeTempDir({ prefix: "fresh_dev_" });
  await writeFiles(dir, SITE);
  const app = new App()
    .use(staticFiles())
    .get("/ws", (ctx) => ctx.upgrade({ message: (socket, { data }) => socket.send(`own ${data}`) }))
    .fsRoutes();
  const stop = new AbortController();
  const bound = Promise.withResolvers<number>();
  const listening = new Builder({ root: dir }).listen(() => Promise.resolve({ app }), {
    port: 0,
    hostname: "127.0.0.1",
    signal: stop.signal,
    onListen: ({ port }) => bound.resolve(port),
  });
  const port = await Promise.race([bound.promise, listening.then(() => 0)]);
  return {
    dir,
    base: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await listening;
      await Deno.remove(dir, { recursive: true });
    },
  };
}

/** Opens a socket whose messages wait to be taken. */
async function openSocket(url: string) {
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<void>();
  const closed = new Promise<void>((resolve) => socket.onclose = () => resolve());
  const waiting: string[] = [];
  let wake = () => {};
  socket.onopen = () => opened.resolve();
  socket.onerror = () => opened.reject(new Error(`No socket at ${url}`));
  socket.onmessage = ({ data }) => {
    waiting.push(data);
    wake();
  };
  await opened.promise;
  return {
    socket,
    async next(): Promise<string> {
      while (waiting.length === 0) await new Promise<void>((resolve) => wake = resolve);
      return waiting.shift()!;
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await closed;
    },
  };
}

/** Reloads as a browser does, until the page is as wanted. */
async function reloadUntil(
  page: { next(): Promise<string> },
  wanted: () => Promise<boolean>,
): Promise<void> {
  do assert.equal(await page.next(), "reload"); while (!(await wanted()));
}

/** Changes a file in one step, as no writer of ours is caught halfway. */
async function change(site: DevSite, path: string, content: string): Promise<void> {
  await Deno.writeTextFile(join(site.dir, "next"), content);
  await Deno.rename(join(site.dir, "next"), join(site.dir, path));
}

async function text(url: string): Promise<string> {
  return await (await fetch(`http://${url}`)).text();
}

Deno.test("In development a change is built and pages are told to reload", async () => {
  await using site = await startDev();
  const html = await text(`${site.base}/`);
  assert.match(html, /<script type="module" src="\/_fresh\/dev\.js"><\/script>/);
  assert.match(await text(`${site.base}/_fresh/dev.js`), /location\.reload/);
  const island = /\/_fresh\/js\/islands_A-\w+\.js/.exec(html)![0];
  assert.match(await text(site.base + island), /first/);

  await using page = await openSocket(`ws://${site.base}/_fresh/dev`);
  await change(site, "lib/text.ts", `export const text = "second";`);
  await reloadUntil(page, async () => {
    const [script] = /\/_fresh\/js\/islands_A-\w+\.js/.exec(await text(`${site.base}/`))!;
    return (await text(site.base + script)).includes("second");
  });
  await change(site, "static/a.css", "i {}");
  await reloadUntil(page, async () => await text(`${site.base}/a.css`) === "i {}");
});

Deno.test("In development a broken source is shown until it is mended", async () => {
  await using site = await startDev();
  await using page = await openSocket(`ws://${site.base}/_fresh/dev`);
  await change(site, "islands/A.tsx", `export default () => <b>{;`);
  await reloadUntil(page, async () => {
    const response = await fetch(`http://${site.base}/`);
    return /islands\/A\.tsx:1: .*\/_fresh\/dev\.js/s.test(await response.text()) &&
      response.status === 500;
  });
  await change(site, "islands/A.tsx", SITE["islands/A.tsx"]);
  await reloadUntil(page, async () => (await text(`${site.base}/`)).includes("<b>first</b>"));
});

Deno.test("In development the application's own sockets share the port", async () => {
  await using site = await startDev();
  await using own = await openSocket(`ws://${site.base}/ws`);
  own.socket.send("hello");
  assert.equal(await own.next(), "own hello");
});
