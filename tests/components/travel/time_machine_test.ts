import assert from "node:assert/strict";
import type { PageClient } from "../../../components/live/page_client.ts";
import { TimeMachine } from "../../../components/travel/time_machine.ts";
import { LINK } from "../fixture_rows.ts";

/** A server that answers when the test says so, and a page that is told. */
async function withPage(
  act: (page: {
    readonly machine: TimeMachine;
    readonly asked: string[];
    readonly shown: string[];
    readonly address: () => string;
    readonly answer: (status: number, body: unknown) => Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const shown: string[] = [];
  let waiting: (response: Response) => void = () => assert.fail("nobody asks");
  let href = "http://localhost/?tab=vn30";
  const realFetch = globalThis.fetch;
  globalThis.fetch = (input) => {
    asked.push(String(input));
    return new Promise((resolve) => waiting = resolve);
  };
  Object.defineProperty(globalThis, "location", {
    value: {
      get href() {
        return href;
      },
    },
    configurable: true,
  });
  Object.defineProperty(globalThis, "history", {
    value: { state: null, replaceState: (_: unknown, __: string, url: string) => href = url },
    configurable: true,
  });
  const client = {
    channels: ["board:vn30", "index"],
    travel: (at: string) => shown.push(at),
    goLive: () => shown.push("now"),
  } as unknown as PageClient;
  const machine = new TimeMachine(LINK, client);
  try {
    await act({
      ...{ machine, asked, shown, address: () => href },
      async answer(status, body) {
        waiting(Response.json(body, { status }));
        // The answer's body is read in some turns of the event loop.
        for (let turn = 0; turn < 20; turn++) {
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
      },
    });
  } finally {
    machine.end();
    globalThis.fetch = realFetch;
    Reflect.deleteProperty(globalThis, "location");
    Reflect.deleteProperty(globalThis, "history");
  }
}

const DATE = "2026-11-20";
const minute = (text: string) => ({ date: DATE, minute: text });

Deno.test("However fast a reader drags, one minute is asked for at a time, and the last one next (N-15)", async () => {
  await withPage(async ({ machine, asked, shown, address, answer }) => {
    for (const text of ["10:01", "10:02", "10:03", "10:04"]) machine.go(minute(text));
    assert.equal(machine.state.value, "loading");
    await answer(200, { frames: [] });
    await answer(200, { frames: [] });
    assert.deepEqual(asked, [
      `/api/at/${DATE}/10:01/channels?c=board:vn30,index`,
      `/api/at/${DATE}/10:04/channels?c=board:vn30,index`,
    ]);
    assert.deepEqual(shown, [`${DATE}T10:01`, `${DATE}T10:04`]);
    assert.equal(address(), `http://localhost/?tab=vn30&at=${DATE}T10:04`);
    assert.equal(machine.state.value, "ready");
  });
});

Deno.test("A minute that is refused leaves page and address as they are and says why (N-15)", async () => {
  await withPage(async ({ machine, shown, address, answer }) => {
    machine.go(minute("10:01"));
    await answer(404, { reason: "future" });
    assert.equal(machine.state.value, "future");
    machine.go(minute("10:02"));
    await answer(502, { error: "a proxy's own words" });
    assert.equal(machine.state.value, "lost");
    assert.deepEqual(shown, []);
    assert.equal(address(), "http://localhost/?tab=vn30");
  });
});

Deno.test("Back to now wins over a minute that is still on its way (N-15)", async () => {
  await withPage(async ({ machine, shown, address, answer }) => {
    machine.go(minute("10:01"));
    machine.goLive();
    await answer(200, { frames: [] });
    assert.deepEqual(shown, ["now"]);
    assert.equal(machine.wish.value, null);
    assert.equal(address(), "http://localhost/?tab=vn30");
  });
});
