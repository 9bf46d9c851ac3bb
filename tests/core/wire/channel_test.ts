import assert from "node:assert/strict";
import { BOOK_FIELDS } from "../../../core/wire/book.ts";
import {
  type ChannelKind,
  fieldsOf,
  kindOf,
  ROW_SET_NAMES,
  TABLES,
  tickerOf,
} from "../../../core/wire/channel.ts";
import { MASK_BITS_MAX } from "../../../core/wire/mask.ts";

Deno.test("Every channel is of one kind, and what is none is none", () => {
  const cases: readonly (readonly [string, ChannelKind | null, string | null])[] = [
    ...ROW_SET_NAMES.map((name) => [name, "state", null] as const),
    ["stock:VNM", "state", "VNM"],
    ["book:41I1G8000", "state", "41I1G8000"],
    ["trades:VNM", "log", "VNM"],
    ["alerts", "log", null],
    ["status", "status", null],
    ["trades", null, null],
    ["trades:", null, null],
    ["book:vnm", null, null],
    ["stock:VNM:", null, null],
    ["alerts:VNM", null, null],
    [":VNM", null, null],
    ["", null, null],
    ["toString", null, null],
    ["constructor:A", null, null],
  ];
  for (const [name, kind, ticker] of cases) {
    assert.deepEqual([kindOf(name), tickerOf(name)], [kind, ticker], name);
  }
});

Deno.test("A mask has a bit for every field of every table, and each field stands once", () => {
  for (const [name, fields] of Object.entries(TABLES)) {
    assert.ok(fields.length <= MASK_BITS_MAX, name);
    assert.equal(new Set(fields).size, fields.length, name);
  }
  assert.equal(fieldsOf("book:VNM"), BOOK_FIELDS);
  assert.deepEqual(
    [BOOK_FIELDS[0], BOOK_FIELDS[19], BOOK_FIELDS[20], BOOK_FIELDS[39], BOOK_FIELDS[40]],
    ["b1p", "b10v", "a1p", "a10v", "time"],
  );
});
