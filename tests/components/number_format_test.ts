import assert from "node:assert/strict";
import fc from "fast-check";
import { numberStyleOf } from "../../components/i18n.ts";
import { formatCount, formatPrice, formatScaled, signed } from "../../components/number_format.ts";

const vi = numberStyleOf("vi");
const en = numberStyleOf("en");

Deno.test("Prices are thousands of VND with the marks of the language", () => {
  assert.equal(formatPrice(26_550, "thousandVnd", vi), "26,55");
  assert.equal(formatPrice(26_550, "thousandVnd", en), "26.55");
  assert.equal(formatPrice(1_234_500, "thousandVnd", vi), "1.234,50");
  assert.equal(formatPrice(400, "thousandVnd", vi), "0,40");
});

Deno.test("A price off the 10-dong grid shows its third digit instead of losing it", () => {
  assert.equal(formatPrice(9_993, "thousandVnd", vi), "9,993");
});

Deno.test("Futures show one decimal and indices two", () => {
  assert.equal(formatPrice(1250.3, "futuresPoint", vi), "1.250,3");
  assert.equal(formatPrice(1250.35, "futuresPoint", vi), "1.250,35");
  assert.equal(formatPrice(1893.2, "indexPoint", en), "1,893.20");
});

Deno.test("Counts are written in full and rises carry a plus", () => {
  assert.equal(formatCount(12_345_600, vi), "12.345.600");
  assert.equal(formatCount(12_345_600, en), "12,345,600");
  assert.equal(signed("0,35", 350), "+0,35");
  assert.equal(signed("-0,35", -350), "-0,35");
  assert.equal(signed("0,00", 0), "0,00");
});

Deno.test("A written number reads back as the number it was, in both languages", () => {
  fc.assert(fc.property(
    fc.integer({ min: -1e15, max: 1e15 }),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(vi, en),
    (scaled, digits, style) => {
      const text = formatScaled(scaled, digits, style);
      const digitsOnly = text.replaceAll(style.group, "").replace(style.decimal, "");
      assert.equal(Number(digitsOnly), scaled);
      const fraction = text.split(style.decimal)[1] ?? "";
      assert.equal(fraction.length, digits);
    },
  ));
});
