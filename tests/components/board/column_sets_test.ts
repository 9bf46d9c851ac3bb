import assert from "node:assert/strict";
import {
  columnsOf,
  firstKeys,
  keysFromCookie,
  shownColumns,
} from "../../../components/board/column_sets.ts";

function keysOf(keys: readonly string[]): string {
  return shownColumns("stock", keys).map(({ key }) => key).join(" ");
}

Deno.test("The columns stand in the order of a Vietnamese board", () => {
  assert.equal(
    keysOf(columnsOf("stock").map(({ key }) => key)),
    "symbol ref ceil floor b3p b3v b2p b2v b1p b1v last lastVol change percent " +
      "a1p a1v a2p a2v a3p a3v trend pressure vol val cVn30 open high avg low fBuy fSell room",
  );
});

Deno.test("A reader may have the reference behind ceiling and floor", () => {
  assert.equal(keysOf(["ceil", "floor", "ref", "last"]), "symbol ceil floor ref last");
  assert.equal(keysOf(["last", "ref", "floor"]), "symbol ref floor last");
});

Deno.test("The last column of a group closes it, whichever the reader left", () => {
  const classes = shownColumns("stock", ["ref", "b1p", "b1v", "last", "percent"])
    .map(({ key, className }) => `${key}: ${className}`);
  assert.deepEqual(classes, [
    ...["symbol: p", "ref: e x", "b1p: p x", "b1v: e x", "last: p m", "percent: e"],
  ]);
});

Deno.test("A cookie chooses columns; words of it that name none are passed over", () => {
  assert.deepEqual(
    keysFromCookie("stock", "lang=vi; columns-stock=last.nonsense.vol.last; theme=dark"),
    ["last", "vol"],
  );
  assert.deepEqual(keysFromCookie("stock", "columns-stock=__proto__"), firstKeys("stock"));
  assert.deepEqual(keysFromCookie("future", "columns-stock=last"), firstKeys("future"));
});
