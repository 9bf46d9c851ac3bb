import assert from "node:assert/strict";
import { createDefine, page } from "../../../core/fresh/mod.ts";

interface State {
  user: string;
}

/** Fails to compile unless both types are the same. */
function same<A, B>(
  _: (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : never,
) {}

Deno.test("Define functions return what they are given and carry the types", () => {
  const define = createDefine<State>();
  const handler = define.handlers({
    GET: (ctx) => {
      same<typeof ctx.state, State>(true);
      return page({ title: ctx.state.user });
    },
    POST: () => new Response("ok"),
  });
  const render = define.page<typeof handler>(({ data, state, Component }) => {
    same<typeof data, { title: string }>(true);
    same<typeof state, State>(true);
    return [data.title, Component];
  });
  const asynchronous = define.page(async ({ params }) => await Promise.resolve(params.id));
  const middleware = define.middleware([(ctx) => {
    ctx.state.user = "a";
    return ctx.next();
  }]);
  const layout = define.layout(({ url }) => url.pathname);
  assert.equal(typeof handler.GET, "function");
  assert.equal(typeof handler.POST, "function");
  for (const item of [render, asynchronous, middleware[0], layout]) {
    assert.equal(typeof item, "function");
  }
  assert.deepEqual(page(1, { status: 201 }), { data: 1, status: 201 });
  assert.deepEqual(page(), { data: undefined });
});
