import assert from "node:assert/strict";
import fc from "fast-check";
import { App } from "../../../core/fresh/mod.ts";
import { redirectLocation } from "../../../core/fresh/redirect.ts";
import { ask } from "./site_fixture.ts";

Deno.test("A path never leads to another host, however it is spelled", () => {
  const letters = fc.constantFrom(
    "/",
    "\\",
    "\t",
    "\n",
    "\r",
    " ",
    "\0",
    "a",
    ".",
    ":",
    "?",
    "#",
    "@",
  );
  fc.assert(fc.property(fc.array(letters), (parts) => {
    const location = redirectLocation(`/${parts.join("")}evil.test`);
    assert.equal(new URL(location, "https://board.test/page").host, "board.test");
  }));
  fc.assert(fc.property(fc.array(letters), (parts) => {
    const path = `${parts.join("")}/evil.test`;
    if (!/^[\s\0]*[/\\]/.test(path)) return;
    assert.equal(new URL(redirectLocation(path), "https://board.test/").host, "board.test");
  }));
});

Deno.test("A whole address, a query and a fragment stay as they are", () => {
  assert.equal(redirectLocation("https://other.test//a"), "https://other.test//a");
  assert.equal(redirectLocation("/a//b?next=//c#//d"), "/a/b?next=//c#//d");
  assert.equal(redirectLocation("/"), "/");
});

Deno.test("A path with letters beyond ASCII can be a header", async () => {
  const app = new App().get("/", (ctx) => ctx.redirect("/chứng khoán", 303));
  const response = await ask(app.handler(), "/");
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("location"), "/ch%E1%BB%A9ng%20kho%C3%A1n");
});
