/**
 * Server rendering of a board page: 30 rows of 20 cells in an island whose signal a second island
 * shares. Beside it, the same markup rendered by Preact alone and a ready text, so that what the
 * web layer costs is a ratio of one run.
 */
import { renderToString } from "preact-render-to-string";
import { h } from "preact";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { staticFiles } from "../../core/fresh/mod.ts";
import { APP_FILE, ask, buildSite } from "../core/fresh/site_fixture.ts";

const ROWS = 30;
const CELLS = 20;

await using site = await buildSite({
  "routes/_app.tsx": APP_FILE,
  "routes/_middleware.ts": `export const handler = (ctx) => ctx.next();`,
  "lib/rows.ts": `export const rows = () =>
    Array.from({ length: ${ROWS} }, (_, r) => ({
      symbol: "S" + r,
      cells: Array.from({ length: ${CELLS} }, (_, c) => 10_000 + r * 100 + c),
    }));`,
  "islands/Board.tsx": `
    export default function Board({ rows }) {
      return <table><tbody>{rows.value.map(({ symbol, cells }) => (
        <tr key={symbol}><th scope="row">{symbol}</th>
          {cells.map((cell) => <td class={cell % 2 ? "up" : "down"}>{(cell / 100).toFixed(2)}</td>)}
        </tr>))}</tbody></table>;
    }`,
  "islands/Count.tsx": `export default ({ rows }) => <p>{rows.value.length} symbols</p>;`,
  "routes/index.tsx": `
    import { page } from "fresh";
    import { signal } from "@preact/signals";
    import { rows } from "../lib/rows.ts";
    import Board from "../islands/Board.tsx";
    import Count from "../islands/Count.tsx";
    export const handler = { GET: () => page({ rows: rows() }) };
    export default ({ data }) => {
      const rows = signal(data.rows);
      return <main><h1>VN30</h1><Count rows={rows}/><Board rows={rows}/></main>;
    };`,
});

const handler = site.handler((app) => app.use(staticFiles()));
const ready = await (await ask(handler, "/")).text();
const load = async (file: string) => await import(pathToFileURL(join(site.dir, file)).href);
const { default: Board } = await load("islands/Board.tsx");
const { rows } = await load("lib/rows.ts");
const headers = { "content-type": "text/html; charset=utf-8" };

Deno.bench("ready text in a Response", { group: "board page" }, async () => {
  await new Response(ready, { headers }).text();
});

Deno.bench("Preact alone in a Response", { group: "board page", baseline: true }, async () => {
  const html = renderToString(h(Board, { rows: { value: rows() } }));
  await new Response(html, { headers }).text();
});

Deno.bench("the web layer: route, frame, islands, props", { group: "board page" }, async () => {
  await (await ask(handler, "/")).text();
});
