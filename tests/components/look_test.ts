import assert from "node:assert/strict";
import { choiceCookies, langOf, themeOf, wrongChoice } from "../../components/preferences.ts";

function wrong(query: string) {
  return wrongChoice(new URLSearchParams(query));
}

function theme(query: string, cookie = "") {
  return themeOf(new Request(`http://localhost/${query}`, { headers: { cookie } }));
}

Deno.test("A page knows its two switches and refuses every other parameter by name", () => {
  assert.equal(wrong(""), null);
  assert.equal(wrong("lang=en&theme=light"), null);
  assert.deepEqual(wrong("lang=fr"), {
    code: "BAD_PARAMETER",
    parameter: "lang",
    wanted: "one of vi, en",
  });
  assert.equal(wrong("theme=")?.code, "BAD_PARAMETER");
  assert.equal(wrong("lang=vi&lang=en")?.code, "REPEATED_PARAMETER");
  assert.equal(wrong("sort=HPG")?.parameter, "sort");
  assert.equal(wrong("toString=1")?.code, "UNKNOWN_PARAMETER");
  assert.equal(wrong("%3Cscript%3E=1")?.parameter, "(not printable)");
});

Deno.test("The theme is dark unless the switch or its cookie says light", () => {
  assert.equal(theme(""), "dark");
  assert.equal(theme("", "a=1; theme=light"), "light");
  assert.equal(theme("?theme=dark", "theme=light"), "dark");
  assert.equal(theme("", "theme=blue"), "dark");
});

function lang(query: string, headers: Record<string, string> = {}) {
  return langOf(new Request(`http://localhost/${query}`, { headers }));
}

Deno.test("The language is the switch's, else the cookie's, else the browser's, else Vietnamese", () => {
  const headers = { cookie: "lang=vi", "accept-language": "en" };
  assert.equal(lang("?lang=en", headers), "en");
  assert.equal(lang("", headers), "vi");
  assert.equal(lang("", { "accept-language": "en" }), "en");
  assert.equal(lang(""), "vi");
  assert.equal(lang("?lang=fr", { cookie: "lang=en" }), "en");
});

Deno.test("Accept-Language is read with its weights, and other languages count for nothing", () => {
  const of = (list: string) => lang("", { "accept-language": list });
  assert.equal(of("en-US,en;q=0.9,vi;q=0.8"), "en");
  assert.equal(of("fr, en;q=0.5, vi-VN;q=0.7"), "vi");
  assert.equal(of("en;q=0"), "vi");
  assert.equal(of("fr"), "vi");
});

Deno.test("A choice is kept for a year in a cookie of this site", () => {
  assert.deepEqual(choiceCookies(new URLSearchParams("lang=en")), [
    "lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
  ]);
  assert.deepEqual(choiceCookies(new URLSearchParams()), []);
});
