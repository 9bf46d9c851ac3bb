import assert from "node:assert/strict";
import css from "../../components/board.css" with { type: "text" };

const CONTRAST_MIN = 4.5;

function tokensOf(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`);
  assert.notEqual(start, -1, selector);
  const block = css.slice(start, css.indexOf("}", start));
  const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g);
  return new Map(Array.from(found, (match) => [match[1]!, match[2]!]));
}

/** Relative luminance as WCAG defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

for (
  const [theme, selector] of [["dark", ":root"], ["light", ':root[data-theme="light"]']] as const
) {
  Deno.test(`Every colour of the ${theme} theme is readable on every ground it can stand on`, () => {
    const tokens = tokensOf(selector);
    const grounds = ["bg", "row", "flash-up", "flash-down", "flash-other"];
    for (const ink of ["fg", "ce", "up", "re", "dn", "fl"]) {
      for (const ground of grounds) {
        const ratio = contrast(tokens.get(ink)!, tokens.get(ground)!);
        assert.ok(ratio >= CONTRAST_MIN, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
    for (const ink of ["fg", "dim", "accent"]) {
      for (const ground of ["bg", "row", "head"]) {
        const ratio = contrast(tokens.get(ink)!, tokens.get(ground)!);
        assert.ok(ratio >= CONTRAST_MIN, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });
}

Deno.test("The style sheet can stand in the HTML as it is", () => {
  assert.doesNotMatch(css, /[<&]/);
});
