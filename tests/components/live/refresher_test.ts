import assert from "node:assert/strict";
import { Refresher } from "../../../components/live/refresher.ts";

/** Surroundings whose clock stands until it is moved, and whose server answers what it is told. */
function surroundings() {
  const timers = new Set<{ readonly act: () => void; readonly atMs: number }>();
  let nowMs = 0;
  const asked: { readonly url: string; readonly authorization: string | null }[] = [];
  const world = {
    isSeen: true,
    answer: (): Promise<Response> => Promise.resolve(Response.json({ n: asked.length })),
    asked,
    told: [] as unknown[],
    /** Moves the clock and lets answers come. */
    async pass(ms: number): Promise<void> {
      nowMs += ms;
      for (const timer of [...timers]) {
        if (timer.atMs > nowMs || !timers.delete(timer)) continue;
        timer.act();
      }
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    },
    begin: (ticket = "") =>
      new Refresher({
        shell: {
          fetch(url, { headers, signal }) {
            asked.push({ url, authorization: new Headers(headers).get("authorization") });
            const cut = Promise.withResolvers<Response>();
            signal!.addEventListener("abort", () => cut.reject(new Error("Aborted")));
            return Promise.race([world.answer(), cut.promise]);
          },
          later(act, ms) {
            const timer = { act, atMs: nowMs + ms };
            timers.add(timer);
            return () => timers.delete(timer);
          },
        },
        url: "/api/x",
        ticket,
        waitMs: () => world.isSeen ? 10_000 : null,
        onAnswer: (body) => world.told.push(body),
      }),
    timers,
  };
  return world;
}

Deno.test("What REST alone tells is asked each ten seconds, with the page's ticket (F-222)", async () => {
  const world = surroundings();
  const refresher = world.begin("t1");
  await world.pass(9_999);
  assert.equal(world.asked.length, 0);
  await world.pass(1);
  await world.pass(10_000);
  assert.deepEqual(world.told, [{ n: 1 }, { n: 2 }]);
  assert.deepEqual(world.asked[0], { url: "/api/x", authorization: "Bearer t1" });
  refresher.end();
  await world.pass(60_000);
  assert.equal(world.asked.length, 2);
  assert.equal(world.timers.size, 0);
});

Deno.test("Nothing is asked while nobody looks, and at once when somebody does again (F-222)", async () => {
  const world = surroundings();
  const refresher = world.begin();
  world.isSeen = false;
  await world.pass(10_000);
  refresher.wake();
  await world.pass(60_000);
  assert.equal(world.asked.length, 0);
  world.isSeen = true;
  refresher.wake();
  refresher.wake();
  await world.pass(0);
  assert.deepEqual(world.told, [{ n: 1 }]);
  assert.equal(world.asked[0]!.authorization, null);
  await world.pass(10_000);
  assert.equal(world.asked.length, 2);
  refresher.end();
});

Deno.test("A refusal and a server that never answers are told as such, and asking goes on", async () => {
  const world = surroundings();
  const refresher = world.begin();
  world.answer = () => Promise.resolve(new Response("no", { status: 503 }));
  await world.pass(10_000);
  assert.deepEqual(world.told, [null]);
  world.answer = () => new Promise(() => {});
  await world.pass(10_000);
  refresher.wake();
  assert.equal(world.asked.length, 2, "one question at a time");
  await world.pass(10_000);
  assert.deepEqual(world.told, [null, null]);
  world.answer = () => Promise.resolve(Response.json("back"));
  await world.pass(10_000);
  assert.deepEqual(world.told, [null, null, "back"]);
  refresher.end();
});
