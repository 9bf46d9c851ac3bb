/**
 * What the pages weigh and how fast they are, beside a client-rendered React build of the board, in
 * one go of some minutes: prints docs/performance.md and, when nothing was left out, writes it. A
 * part of it: `--only bytes|load|stream|scroll`, `--repeats 1`; `--json FILE` for programs.
 */
import { PAGE_PATHS } from "../support/page_paths.ts";
import { type Arena, withArena } from "./web/arena.ts";
import { type PageWeight, weighPage } from "./web/bytes.ts";
import { REACT_TITLE, type WebFigures } from "./web/figures.ts";
import { measureLoads } from "./web/loads.ts";
import { parseWebArgs, type Part } from "./web/options.ts";
import { performancePage } from "./web/page.ts";
import { measureScroll } from "./web/scroll.ts";
import { measureStreams } from "./web/stream.ts";

const PAGE = new URL("../../docs/performance.md", import.meta.url);
const startMs = performance.now();
const options = parseWebArgs(Deno.args);
const [, load] = Deno.loadavg();

function say(step: string): void {
  const seconds = Math.round((performance.now() - startMs) / 1_000);
  console.error(`${String(seconds).padStart(4)} s  ${step}`);
}

async function weighAll(arena: Arena): Promise<PageWeight[]> {
  say("bytes");
  const weights = [await weighPage(arena, REACT_TITLE, arena.urls.react)];
  for (const path of PAGE_PATHS) {
    weights.push(await weighPage(arena, path, arena.urls.app + path));
  }
  return weights;
}

async function measure(arena: Arena): Promise<WebFigures> {
  const wants = (part: Part) => options.only === undefined || options.only === part;
  const { repeats } = options;
  return {
    repeats,
    load: load!,
    browser: `Chromium ${arena.browser.version().split(".")[0]}`,
    processors: navigator.hardwareConcurrency,
    weights: wants("bytes") ? await weighAll(arena) : [],
    loads: wants("load") ? await measureLoads(arena, repeats, say) : [],
    streams: wants("stream") ? await measureStreams(arena, repeats, say) : [],
    scroll: wants("scroll") ? await measureScroll(arena, repeats, say) : null,
  };
}

await withArena(async (arena) => {
  const figures = await measure(arena);
  const page = options.isWhole ? PAGE : new URL(`file://${await Deno.makeTempDir()}/page.md`);
  Deno.writeTextFileSync(page, performancePage(figures));
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", page.pathname] }).output();
  console.log(Deno.readTextFileSync(page));
  if (options.json) Deno.writeTextFileSync(options.json, JSON.stringify(figures, null, 2));
});
say("done");
