import assert from "node:assert/strict";
import { NAME_CHARS_MAX, namesOf, NameText } from "../../../core/feed/name_text.ts";

const read = (value: unknown) => NameText.parse(value);

Deno.test("A name of the feed is one trimmed line without control characters, and markup stays text", () => {
  assert.equal(read("  CTCP  Sữa\r\n\tViệt\u0000Nam \u2028 "), "CTCP Sữa Việt Nam");
  // Marks that turn a line around, hide a letter or are half of a character.
  assert.equal(read("VN\u202eM\u2066 Sữ\u00ada\ufeff\ud800\ue000"), "VNM Sữa");
  assert.equal(read("Su\u031b\u0303a"), "S\u1eefa", "letters and marks apart are one letter");
  assert.equal(read("<b>A & B</b>"), "<b>A & B</b>");
});

Deno.test("A name has 200 characters at most, and none is cut in half", () => {
  assert.equal(read("Ữ".repeat(NAME_CHARS_MAX + 1)), "Ữ".repeat(NAME_CHARS_MAX));
  assert.equal(read("U\u031b\u0303".repeat(NAME_CHARS_MAX)), "Ữ".repeat(NAME_CHARS_MAX));
  assert.equal([...read("\u{1f42e}".repeat(300))!].length, NAME_CHARS_MAX);
  const words = read("a".repeat(NAME_CHARS_MAX - 1) + " b");
  assert.equal(words, "a".repeat(NAME_CHARS_MAX - 1));
});

Deno.test("What is no text or empty is no name, and neither is the ticker again", () => {
  for (const value of [null, undefined, "", " \n", "\u200b", 7, {}]) {
    assert.equal(read(value), null);
  }
  const rows = [
    { symbol: "VNM", nameVi: "Sữa Việt Nam", nameEn: "VNM" },
    { symbol: "FPT", nameVi: "FPT", nameEn: null },
  ];
  assert.deepEqual(namesOf(rows), [["VNM", "Sữa Việt Nam", null]]);
});
