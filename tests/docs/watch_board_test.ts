import assert from "node:assert/strict";
import { withApp } from "../support/app.ts";

const EXAMPLE = new URL("../../docs/examples/watch_board.ts", import.meta.url).pathname;
const MATCHES = 5;
const WAIT_MS_MAX = 60_000;

Deno.test("the example client of the protocol page prints matches of a running server", async () => {
  await withApp({ SIM_START: "10:00" }, async ({ port }) => {
    const address = `ws://127.0.0.1:${port}/ws`;
    const client = new Deno.Command(Deno.execPath(), {
      args: ["run", "--check", "--no-prompt", "--allow-net", EXAMPLE, address],
      stdout: "piped",
      stderr: "null",
      signal: AbortSignal.timeout(WAIT_MS_MAX),
    }).spawn();
    let text = "";
    for await (const part of client.stdout.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (text.split("\n").length > MATCHES) break;
    }
    client.kill();
    await client.status;
    const lines = text.split("\n").slice(0, MATCHES);
    for (const line of lines) assert.match(line, /^\d\d:\d\d:\d\d [A-Z0-9]{3} [\d.]+ \d+$/);
  });
});
