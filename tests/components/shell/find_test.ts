import assert from "node:assert/strict";
import { finder, fold } from "../../../components/shell/find.ts";
import { readKey } from "../../../components/shell/key_press.ts";

const items = ["VN30F1M", "Phái sinh", "FPT", "FPTS", "AFPT", "Độ rộng"].map((name) => ({ name }));
const names = (typed: string, most = 10) => finder(items)(typed, most).map(({ name }) => name);

Deno.test("Text is compared without case and without Vietnamese marks", () => {
  assert.equal(fold("Độ lệch phái sinh"), "do lech phai sinh");
  assert.deepEqual(names("do rong"), ["Độ rộng"]);
  assert.deepEqual(names("PHAI"), ["Phái sinh"]);
});

Deno.test("The name itself comes first, then what begins with it, then what holds it", () => {
  assert.deepEqual(names("fpt"), ["FPT", "FPTS", "AFPT"]);
  assert.deepEqual(names(" fpt ", 1), ["FPT"]);
  assert.deepEqual(names("xyz"), []);
  const hinted = finder([{ name: "Thị trường", hint: "market" }])("market", 1);
  assert.equal(hinted.length, 1);
});

Deno.test("A security is found by its company in either language, at the beginning of a word first", () => {
  const find = finder([
    { name: "HOA", hint: "Hoa Sen Sua" },
    { name: "AAA", hint: "Phân bón Masua" },
    { name: "VNM", hint: "Công ty Cổ phần Sữa Việt Nam Vinamilk" },
    { name: "HPG", hint: "Tập đoàn Hòa Phát Hoa Phat Group" },
    { name: "SUA", hint: "" },
    { name: "DGC", hint: "Hóa chất Đức Giang" },
  ]);
  const found = (typed: string) => find(typed, 9).map(({ name }) => name);
  assert.deepEqual(found("sua"), ["SUA", "HOA", "VNM", "AAA"]);
  assert.deepEqual(found("VINAMILK"), ["VNM"]);
  assert.deepEqual(found("sữa việt nam"), ["VNM"]);
  assert.deepEqual(found("hoa phat"), ["HPG"]);
  assert.deepEqual(found("duc giang"), ["DGC"]);
});

Deno.test("Letters begin a symbol, P waits, digits are pages; shortcuts of the browser are left alone", () => {
  const press = (key: string, more = {}) =>
    readKey({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
  assert.deepEqual(press("f"), { ask: "find", text: "F" });
  assert.deepEqual(press("P"), { ask: "pauseOrFind" });
  assert.deepEqual(press("3"), { ask: "page", at: 2 });
  assert.deepEqual(press("?"), { ask: "help" });
  assert.deepEqual(press("/"), { ask: "find", text: "" });
  assert.deepEqual(press("k", { ctrlKey: true }), { ask: "find", text: "" });
  for (const key of ["Enter", "ArrowDown", "Tab", "F5", " ", "0"]) assert.equal(press(key), null);
  assert.equal(press("r", { ctrlKey: true }), null);
  assert.equal(press("f", { altKey: true }), null);
});
