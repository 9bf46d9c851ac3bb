import type { JSX } from "preact";
import { type CellView, PICTURE_HEIGHT, PICTURE_WIDTH } from "../cell_view.ts";

const SVG = "http://www.w3.org/2000/svg";
const BOX = `0 0 ${PICTURE_WIDTH} ${PICTURE_HEIGHT}`;

/** What a cell shows: its drawing, or else its text. */
export function CellContent({ view }: { readonly view: CellView }): JSX.Element {
  const { strokes, text } = view;
  if (strokes === undefined) return <>{text}</>;
  return (
    <svg viewBox={BOX} preserveAspectRatio="none" role="img" aria-label={text}>
      {strokes.map(({ tone, d }, at) => <path key={at} class={tone} d={d} />)}
    </svg>
  );
}

/** Brings the drawing of a cell up to date, as CellContent draws it. */
export function drawPicture(cell: Element, { strokes = [], text }: CellView): void {
  const svg = cell.querySelector("svg") ?? newPicture(cell);
  svg.setAttribute("aria-label", text);
  while (svg.childElementCount > strokes.length) svg.lastElementChild!.remove();
  while (svg.childElementCount < strokes.length) {
    svg.append(document.createElementNS(SVG, "path"));
  }
  strokes.forEach(({ tone, d }, at) => {
    const path = svg.children[at]!;
    path.setAttribute("class", tone);
    path.setAttribute("d", d);
  });
}

function newPicture(cell: Element): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", BOX);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  cell.replaceChildren(svg);
  return svg;
}
