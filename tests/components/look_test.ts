import assert from "node:assert/strict";
import { choiceIn, type Look, lookCookies, lookOf, wrongLook } from "../../components/look.ts";

function look(query: string, headers: Record<string, string> = {}): Look {
  return lookOf(new Request(`http://localhost/${query}`, { headers }));
}

const query = (text: string) => new URLSearchParams(text);

Deno.test("A choice that a page does not offer leaves the default and is told by name", () => {
  assert.deepEqual(wrongLook(query("")), []);
  assert.deepEqual(wrongLook(query("lang=en&theme=light&density=compact&tab=hose")), []);
  assert.deepEqual(wrongLook(query("lang=fr&theme=")), [
    { parameter: "lang", wanted: "vi, en" },
    { parameter: "theme", wanted: "dark, light, contrast" },
  ]);
  assert.equal(wrongLook(query("lang=vi&lang=en")).length, 1);
  assert.equal(look("?lang=fr&theme=").lang, "vi");
  assert.equal(look("?palette=__proto__").palette, "vn");
});

Deno.test("A page's own value is the one asked for, or the first that is offered", () => {
  const tabs = ["vn30", "hose"] as const;
  assert.deepEqual(choiceIn(query(""), "tab", tabs), { value: "vn30", wrong: null });
  assert.deepEqual(choiceIn(query("tab=hose"), "tab", tabs), { value: "hose", wrong: null });
  const wrong = { parameter: "tab", wanted: "vn30, hose" };
  assert.deepEqual(choiceIn(query("tab=x"), "tab", tabs), { value: "vn30", wrong });
  assert.deepEqual(choiceIn(query("tab=hose&tab=hose"), "tab", tabs), { value: "vn30", wrong });
});

Deno.test("A look is the query's, else the cookie's, else dark, Vietnamese colours, thousands", () => {
  assert.deepEqual(look(""), {
    ...{ lang: "vi", theme: "dark", palette: "vn", density: "medium", unit: "thousand" },
  });
  assert.equal(look("", { cookie: "a=1; theme=light" }).theme, "light");
  assert.equal(look("?theme=dark", { cookie: "theme=light" }).theme, "dark");
  assert.equal(look("", { cookie: "theme=blue" }).theme, "dark");
  assert.equal(look("", { cookie: "unit=vnd; palette=cvd" }).unit, "vnd");
});

Deno.test("The language is the switch's, else the cookie's, else the browser's, else Vietnamese", () => {
  const headers = { cookie: "lang=vi", "accept-language": "en" };
  assert.equal(look("?lang=en", headers).lang, "en");
  assert.equal(look("", headers).lang, "vi");
  assert.equal(look("", { "accept-language": "en" }).lang, "en");
  assert.equal(look("?lang=fr", { cookie: "lang=en" }).lang, "en");
});

Deno.test("Accept-Language is read with its weights, and other languages count for nothing", () => {
  const of = (list: string) => look("", { "accept-language": list }).lang;
  assert.equal(of("en-US,en;q=0.9,vi;q=0.8"), "en");
  assert.equal(of("fr, en;q=0.5, vi-VN;q=0.7"), "vi");
  assert.equal(of("en;q=0"), "vi");
  assert.equal(of("fr"), "vi");
});

Deno.test("A choice is kept for a year in a cookie of this site; a wrong one is not", () => {
  assert.deepEqual(lookCookies(query("lang=en&theme=blue&tab=hose")), [
    "lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
  ]);
  assert.deepEqual(lookCookies(query("")), []);
});
