import assert from "node:assert/strict";
import css from "../../../components/shell/shell.css" with { type: "text" };
import { PALETTES, THEMES } from "../../../components/look.ts";
import { contrast, difference, SIGHTS } from "./colour.ts";

const CONTRAST_MIN = 4.5;
/** CIEDE2000; the usual palette comes down to 5 where a red-green blind reader looks at it. */
const DIFFERENCE_MIN = 20;
const TONES = ["ce", "up", "re", "dn", "fl"] as const;

type Tokens = ReadonlyMap<string, string>;

function blockOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) return new Map();
  const block = css.slice(start, css.indexOf("}", start));
  const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g);
  return new Map(Array.from(found, (match) => [match[1]!, match[2]!]));
}

/** The tokens that a look ends up with, in the order in which rules win. */
function tokensOf(theme: string, palette: string): Tokens {
  return new Map([
    ...blockOf(":root"),
    ...blockOf(`:root[data-theme="${theme}"]`),
    ...blockOf(`:root[data-palette="${palette}"]`),
    ...blockOf(`:root[data-theme="${theme}"][data-palette="${palette}"]`),
  ]);
}

for (const theme of THEMES) {
  for (const palette of PALETTES) {
    Deno.test(`Every colour of ${theme}/${palette} is readable on every ground it can stand on (B-23)`, () => {
      const tokens = tokensOf(theme, palette);
      const check = (inks: readonly string[], grounds: readonly string[]) => {
        for (const ink of inks) {
          for (const ground of grounds) {
            const ratio = contrast(tokens.get(ink)!, tokens.get(ground)!);
            assert.ok(ratio >= CONTRAST_MIN, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
          }
        }
      };
      check(["fg", ...TONES], ["bg", "row", "flash-up", "flash-down", "flash-other"]);
      check(["fg", "dim", "accent"], ["bg", "row", "head"]);
    });
  }
}

for (const theme of THEMES) {
  Deno.test(`The five tones of ${theme}/cvd stay apart for every kind of colour blindness (N-30)`, () => {
    const tokens = tokensOf(theme, "cvd");
    for (const sight of SIGHTS) {
      TONES.forEach((a, at) => {
        for (const b of TONES.slice(at + 1)) {
          const apart = difference(tokens.get(a)!, tokens.get(b)!, sight);
          assert.ok(apart >= DIFFERENCE_MIN, `${sight} ${a} ${b}: ${apart.toFixed(1)}`);
        }
      });
    }
  });
}

Deno.test("The style sheet can stand in the HTML as it is", () => {
  assert.doesNotMatch(css, /[<&]/);
});
