import assert from "node:assert/strict";
import type { PageClient } from "../../../components/live/page_client.ts";
import type { Answered } from "../../../components/travel/ask_server.ts";
import { TimeMachine } from "../../../components/travel/time_machine.ts";
import { LINK } from "../fixture_rows.ts";

interface OpenPage {
  readonly machine: TimeMachine;
  readonly asked: readonly string[];
  /** What the page was told to show. */
  readonly shown: readonly string[];
  readonly address: () => string;
  /** Lets the server answer the newest question. */
  readonly answer: (answer: Answered<unknown>) => Promise<void>;
}

/** A page, with the browser's address, and a server that answers when the test says so. */
async function withPage(act: (page: OpenPage) => Promise<void>): Promise<void> {
  const asked: string[] = [];
  const shown: string[] = [];
  let waiting: (answer: Answered<never>) => void = () => assert.fail("nobody asks");
  let href = "http://localhost/?tab=vn30";
  const globals = {
    location: {
      get href() {
        return href;
      },
    },
    history: { state: null, replaceState: (_: unknown, __: string, url: string) => href = url },
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  const client = {
    channels: ["board:vn30", "index"],
    travel: (at: string) => shown.push(at),
    goLive: () => shown.push("now"),
  } as unknown as PageClient;
  const machine = new TimeMachine(LINK, client, (address) => {
    asked.push(address);
    return new Promise((resolve) => waiting = resolve);
  });
  try {
    await act({
      ...{ machine, asked, shown, address: () => href },
      async answer(answer) {
        waiting(answer as Answered<never>);
        for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      },
    });
  } finally {
    machine.end();
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
  }
}

const FRAMES = { ok: true, body: { frames: [] } } as const;
const DATE = "2026-11-20";
const minute = (text: string) => ({ date: DATE, minute: text });

Deno.test("However fast a reader drags, one minute is asked for at a time, and the last one next (N-15)", async () => {
  await withPage(async ({ machine, asked, shown, address, answer }) => {
    for (const text of ["10:01", "10:02", "10:03", "10:04"]) machine.go(minute(text));
    assert.equal(machine.state.value, "loading");
    await answer(FRAMES);
    await answer(FRAMES);
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
    await answer({ ok: false, why: "future" });
    assert.equal(machine.state.value, "future");
    machine.go(minute("10:02"));
    await answer({ ok: false, why: "lost" });
    assert.equal(machine.state.value, "lost");
    assert.deepEqual(shown, []);
    assert.equal(address(), "http://localhost/?tab=vn30");
  });
});

Deno.test("Back to now wins over a minute that is still on its way (N-15)", async () => {
  await withPage(async ({ machine, shown, address, answer }) => {
    machine.go(minute("10:01"));
    machine.goLive();
    await answer(FRAMES);
    assert.deepEqual(shown, ["now"]);
    assert.equal(machine.wish.value, null);
    assert.equal(address(), "http://localhost/?tab=vn30");
  });
});
