import assert from "node:assert/strict";
import { readList, Watchlist, WATCHLIST_MAX } from "../../../components/board/watchlist.ts";

/** A browser's storage, in memory. */
function storage(): Storage {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  } as Storage;
}

Deno.test("A list is read from JSON, from lines and from commas, each symbol once", () => {
  for (const text of ['["FPT", "vcb"]', "FPT\r\nVCB\r\nFPT", "fpt, vcb;", "\uFEFFFPT VCB"]) {
    assert.deepEqual(readList(text), { symbols: ["FPT", "VCB"], refused: 0 }, text);
  }
});

Deno.test("What is no symbol, and what is too much, is refused and counted", () => {
  assert.deepEqual(readList("FPT <b>x-1</b> đô"), { symbols: ["FPT", "B"], refused: 2 });
  const many = Array.from({ length: WATCHLIST_MAX + 5 }, (_, n) => `S${n}`).join(" ");
  assert.equal(readList(many).symbols.length, WATCHLIST_MAX);
  assert.equal(readList(many).refused, 5);
});

Deno.test("The list keeps the reader's order over a reload", () => {
  const held = storage();
  const list = new Watchlist(held);
  for (const symbol of ["FPT", "VCB", "HPG", "SSI"]) list.toggle(symbol);
  list.toggle("VCB");
  list.moveTo("SSI", "FPT");
  list.move("HPG", -1);
  list.move("SSI", -1);
  assert.deepEqual(new Watchlist(held).symbols.value, ["SSI", "HPG", "FPT"]);
});

Deno.test("A full list tells what it has no room for, until it changes", () => {
  const list = new Watchlist(storage());
  list.add(Array.from({ length: WATCHLIST_MAX }, (_, n) => `S${n}`));
  assert.deepEqual(list.leftOut.value, []);
  list.toggle("FPT");
  assert.deepEqual([list.symbols.value.length, list.leftOut.value], [WATCHLIST_MAX, ["FPT"]]);
  list.toggle("S0");
  assert.deepEqual(list.leftOut.value, []);
});

Deno.test("Storage that somebody else wrote cannot break the list", () => {
  const held = storage();
  held.setItem("watchlist", '{"a": [null, "FPT", 1.5]}');
  assert.ok(new Watchlist(held).symbols.value.includes("FPT"));
});
