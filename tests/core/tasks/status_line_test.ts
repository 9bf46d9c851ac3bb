import assert from "node:assert/strict";
import { StatusLine } from "../../../core/tasks/status_line.ts";

function shown(isTerminal: boolean, act: (line: StatusLine) => void): string[] {
  const texts: string[] = [];
  let nowMs = 0;
  act(
    new StatusLine({
      isTerminal,
      write: (text) => texts.push(text),
      nowMs: () => nowMs += 1_000,
    }),
  );
  return texts;
}

Deno.test("a status line is redrawn in place on a terminal", () => {
  const texts = shown(true, (line) => {
    line.show("1 of 3");
    line.show("2 of 3");
    line.clear();
  });
  assert.deepEqual(texts, ["\r\x1b[K1 of 3", "\r\x1b[K2 of 3", "\r\x1b[K"]);
});

Deno.test("elsewhere a status line is written every ten seconds, and nothing is cleared", () => {
  const texts = shown(false, (line) => {
    for (let n = 1; n <= 25; n++) line.show(`${n}`);
    line.clear();
  });
  assert.deepEqual(texts, ["1\n", "11\n", "21\n"]);
});
