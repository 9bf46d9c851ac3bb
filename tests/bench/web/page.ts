import { section, table } from "../support/markdown.ts";
import type { PageWeight, Weight } from "./bytes.ts";
import { REACT_TITLE, type WebFigures } from "./figures.ts";
import { goalsOf } from "./goals.ts";
import type { LoadFigures } from "./loads.ts";
import type { ScrollFigures } from "./scroll.ts";
import type { FrameFigures, StreamFigures } from "./stream.ts";
import { LOCAL, SLOW } from "./tab.ts";

const whole = (value: number) => Math.round(value).toLocaleString("en");
const kilobytes = (bytes: number) => (bytes / 1_024).toFixed(1);
const ms = (value: number | null) => value === null ? "–" : whole(value);
const ratio = (value: number) => value.toFixed(2);
const titleOf = (target: string, path: string) => target === "react" ? REACT_TITLE : `\`${path}\``;

/** The page about how fast pages are; before formatting. */
export function performancePage(figures: WebFigures): string {
  const goals = goalsOf(figures).map(({ what, measured, goal, isMet }) => [
    what,
    measured,
    goal,
    isMet ? "yes" : "no",
  ]);
  return `# Performance of the pages

What a reader's browser gets and how soon, written by \`deno task bench:web\` in one run on
${figures.processors} processors, which servers and browser (${figures.browser}, drawing without a graphics
card) share; in the five minutes before, ${
    figures.load.toFixed(1)
  } other programs wanted them. The simulated
exchange runs at ten times its pace. Every figure is the median of ${figures.repeats} runs, each in a tab with
an empty cache; ratios say more than milliseconds.

The React board is what it is compared with: the same table of VN30, drawn by the browser with React
from the same socket by the same client, its rows and cells memoised, one small file of minified
script ([tests/bench/web/react](../tests/bench/web/react)).

${section("Goals", table(["what", "measured", "goal", "met"], goals))}
${bytesPart(figures.weights)}${loadPart(figures.loads)}${streamPart(figures.streams)}${
    scrollPart(figures.scroll)
  }`;
}

function bytesPart(weights: readonly PageWeight[]): string {
  if (weights.length === 0) return "";
  const cell = ({ raw, br }: Weight) => `${kilobytes(raw)} / ${kilobytes(br)}`;
  const rows = weights.map(({ title, html, css, js, dataSent }) => [
    title === REACT_TITLE ? title : `\`${title}\``,
    cell(html),
    kilobytes(html.sent),
    cell(css),
    cell(js),
    kilobytes(js.sent),
    kilobytes(dataSent),
  ]);
  const head = [
    "page",
    "HTML raw / br",
    "sent",
    "style sheets in it",
    "scripts raw / br",
    "sent",
    "data by REST, sent",
  ];
  const text = `KB of a first visit until the network is quiet; charts that a page loads later are
among its scripts. "br" is what Brotli makes of each file, "sent" what came over the wire. The data of
the React board come over its socket, which is not counted.`;
  return section("Bytes", `${text}\n\n${table(head, rows)}`);
}

function loadPart(loads: readonly LoadFigures[]): string {
  if (loads.length === 0) return "";
  const head = ["page", "FCP ms", "LCP ms", "30 rows ms", "socket ms", "CLS"];
  const parts = [LOCAL, SLOW].map(({ name, title }) => {
    const rows = loads.filter(({ condition }) => condition === name).map((one) => [
      titleOf(one.target, one.path),
      ms(one.fcpMs),
      ms(one.lcpMs),
      ms(one.rowsMs),
      ms(one.liveMs),
      one.cls.toFixed(3),
    ]);
    return `${ratiosOf(loads, name)}\n\n${table([`${title}`, ...head.slice(1)], rows)}`;
  });
  const text = `FCP and LCP are the first and the largest paint with content; "30 rows" is when the
rows of VN30 with their prices stand in the page, "socket" when the server has confirmed it. Alerts that
come in the first seconds push those before them down; \`/signals\` counts that as CLS.`;
  return section("First visit", [text, ...parts].join("\n\n"));
}

function ratiosOf(loads: readonly LoadFigures[], name: string): string {
  const of = (target: string) =>
    loads.find((one) => one.condition === name && one.target === target && one.path === "/");
  const [own, other] = [of("app"), of("react")];
  if (!own || !other || own.rowsMs === null || other.rowsMs === null) return "";
  return `React : ours, the board: rows ${ratio(other.rowsMs / own.rowsMs)}, LCP ${
    ratio(other.lcpMs / own.lcpMs)
  }.`;
}

function frameCells({ framesPerSecond, late, longPerSecond }: FrameFigures): string[] {
  return [framesPerSecond.toFixed(1), `${(late * 100).toFixed(1)} %`, longPerSecond.toFixed(2)];
}

const FRAME_HEAD = ["frames a second", "frames with one lost", "frames over 50 ms, a second"];

function streamPart(streams: readonly StreamFigures[]): string {
  if (streams.length === 0) return "";
  const rows = streams.map((one) => [
    titleOf(one.target, "/"),
    one.condition === "local" ? "loopback" : "slow",
    whole(one.cellsPerSecond),
    whole(one.inpMs),
    ...frameCells(one),
  ]);
  const head = ["board", "", "cells changed a second", "INP ms", ...FRAME_HEAD];
  const text = `The board is sorted by mouse and keyboard while it streams; INP is the slowest of 24
interactions of a run, from the input to the frame that shows its result, as browsers measure it (16
ms is the least they tell).`;
  return section("While it streams", `${text}\n\n${table(head, rows)}`);
}

function scrollPart(scroll: ScrollFigures | null): string {
  if (scroll === null) return "";
  const row = [
    whole(scroll.rows),
    whole(scroll.rowsInPage),
    whole(scroll.cellsPerSecond),
    ...frameCells(scroll),
    scroll.plainFramesPerSecond.toFixed(1),
    ratio(scroll.framesPerSecond / scroll.plainFramesPerSecond),
  ];
  const head = [
    "rows",
    "of them in the page",
    "cells written a second",
    ...FRAME_HEAD,
    "frames a second of a plain page",
    "ratio",
  ];
  const text =
    `Everything listed, scrolled by 40 pixels in each animation frame while it streams. The
plain page is as long, all text and without a script of its own, scrolled likewise: the most that this
browser reaches here. A wheel or a finger asks less: the browser then scrolls what is drawn already,
without the script. Cells of rows that come into the page count as written.`;
  return section("A large board scrolls", `${text}\n\n${table(head, [row])}`);
}
