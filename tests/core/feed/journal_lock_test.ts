import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { openTestJournal, withFolder } from "./support/journals.ts";

Deno.test("journal - what is closed can be opened again while processes are being started", async () => {
  // A process that is about to become another program still has all descriptors of this one.
  const url = new URL("support/spawner.ts", import.meta.url);
  const spawner = new Worker(url, { type: "module" });
  const said = () => new Promise((resolve) => spawner.onmessage = resolve);
  await said();
  let isDone = false;
  const done = said().then(() => isDone = true);
  try {
    await withFolder(async (dir) => {
      while (!isDone) {
        await (await openTestJournal(dir)).close();
        // Messages come between turns.
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
  } finally {
    await done;
    spawner.terminate();
  }
});

Deno.test("journal - one that is open is nobody else's", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    await assert.rejects(openTestJournal(dir), /another process has the journal/);
    await journal.close();
  });
});
