import assert from "node:assert/strict";
import type { DeltaFrame, ServerFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { withApp } from "../support/app.ts";

const EXAMPLES = new URL("../../docs/examples/", import.meta.url).pathname;
const WAIT_MS_MAX = 120_000;
/** Debian's, which finds Debian's modules. */
const PYTHON = "/usr/bin/python3";
const DENO = [Deno.execPath(), "run", "--check", "--no-prompt", "--allow-net"];

/** Runs an example against a server until it has printed enough whole lines. */
async function linesUntil(
  command: readonly string[],
  isEnough: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const process = new Deno.Command(command[0]!, {
    args: command.slice(1),
    stdout: "piped",
    stderr: "null",
    signal: AbortSignal.timeout(WAIT_MS_MAX),
  }).spawn();
  let text = "";
  let lines: readonly string[] = [];
  for await (const part of process.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    lines = text.split("\n").slice(0, -1);
    if (isEnough(lines)) break;
  }
  process.kill();
  await process.status;
  assert.ok(isEnough(lines), `ended after: ${lines.join("\n")}`);
  return lines;
}

function firstLines(command: readonly string[], count: number): Promise<readonly string[]> {
  return linesUntil(command, (lines) => lines.length >= count);
}

/** A test of what runs only where these programs are; with CI=true their absence is a failure. */
function exampleTest(name: string, needs: readonly string[], act: () => Promise<void>): void {
  const isSkipped = !isThere(needs) && Deno.env.get("CI") !== "true";
  const reason = isSkipped ? ` (skipped: ${needs.join(" ")} fails)` : "";
  Deno.test({ name: name + reason, ignore: isSkipped, fn: act });
}

function isThere([program, ...args]: readonly string[]): boolean {
  try {
    return new Deno.Command(program!, { args, stdout: "null", stderr: "null" }).outputSync()
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

type RowsFrame = SnapshotFrame | DeltaFrame;

/** The frames with rows of one answer. */
function rowsFrames(answer: string): readonly RowsFrame[] {
  const { frames } = JSON.parse(answer) as { frames: readonly ServerFrame[] };
  return frames.filter((frame) => frame.k === "s" || frame.k === "d");
}

function isDelta(frame: RowsFrame): frame is DeltaFrame {
  return frame.k === "d";
}

const MATCH = /^\d\d:\d\d:\d\d [A-Z0-9]{3} [\d.]+ \d+$/;
const INDEX = /^\d\d:\d\d:\d\d [A-Z0-9]+ [\d.]+$/;

Deno.test("the example in TypeScript prints matches of a running server", async () => {
  await withApp({ SIM_START: "10:00" }, async ({ port }) => {
    const command = [...DENO, `${EXAMPLES}watch_board.ts`, `ws://127.0.0.1:${port}/ws`];
    for (const line of await firstLines(command, 5)) assert.match(line, MATCH);
  });
});

exampleTest("the example in plain Python follows a stream of events", [PYTHON, "-V"], async () => {
  await withApp({ SIM_START: "10:00" }, async ({ port }) => {
    const command = [PYTHON, `${EXAMPLES}watch_index.py`, `http://127.0.0.1:${port}`];
    for (const line of await firstLines(command, 5)) assert.match(line, INDEX);
  });
});

exampleTest(
  "the example in Python with its usual package follows a socket",
  [PYTHON, "-c", "import websockets"],
  async () => {
    await withApp({ SIM_START: "10:00" }, async ({ port }) => {
      const command = [PYTHON, `${EXAMPLES}watch_index_ws.py`, `ws://127.0.0.1:${port}/ws`];
      for (const line of await firstLines(command, 5)) assert.match(line, INDEX);
    });
  },
);

exampleTest("the example with curl asks for what is new only", ["curl", "-V"], async () => {
  await withApp({ SIM_START: "10:00" }, async ({ port }) => {
    const command = ["sh", `${EXAMPLES}poll_index.sh`, `http://127.0.0.1:${port}`, "0.2"];
    const answers = await linesUntil(command, (lines) => {
      return lines.map(rowsFrames).some((frames) => frames.length > 0 && frames.every(isDelta));
    });
    let known = { e: "", s: 0, rows: 0 };
    for (const frame of answers.flatMap(rowsFrames)) {
      const { e, s } = frame;
      if (isDelta(frame)) {
        assert.deepEqual([e, frame.p], [known.e, known.s], answers.join("\n"));
        known = { ...known, s };
      } else {
        // Whole again only in another epoch, or when rows joined.
        assert.ok(e !== known.e || frame.y.length > known.rows, answers.join("\n"));
        known = { e, s, rows: frame.y.length };
      }
    }
  });
});
