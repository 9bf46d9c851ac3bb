import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { until } from "./support/until.ts";
import { second, withService } from "./support/with_service.ts";

const SCRIPT = fileURLToPath(new URL("./support/vendor_client.ts", import.meta.url));

/** Runs SSI's client in a process of its own and keeps the lines it writes. */
async function withVendor(
  url: string,
  channels: string,
  body: (lines: readonly string[]) => Promise<void>,
): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-prompt", "--no-check", SCRIPT, url, channels],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines: string[] = [];
  const reading = readLines(child.stdout, lines);
  try {
    await body(lines);
  } finally {
    child.kill("SIGKILL");
    await child.status;
    await reading;
  }
}

async function readLines(stream: ReadableStream<Uint8Array>, lines: string[]): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream() as never)) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    lines.push(...parts);
  }
}

interface Message {
  readonly DataType: string;
  readonly Content: string;
}

function messages(lines: readonly string[]): readonly Message[] {
  return lines.filter((line) => line.startsWith("data ")).map((line) => JSON.parse(line.slice(5)));
}

Deno.test("SSI's own Node client connects unmodified and receives every channel, cached and live", () =>
  withService({}, async (sim) => {
    const channels = "X-TRADE:ALL,X-QUOTE:ALL,X:AAA,R:ALL,MI:ALL,F:ALL,B:AAA-VN30";
    await withVendor(sim.url, channels, async (lines) => {
      await until(() => messages(lines).length === 25, "cached messages");
      await sim.stepTo(second("09:14:52"));
      await until(() => messages(lines).length === 75, "two live seconds");
      const types = new Set(messages(lines).map(({ DataType }) => DataType));
      assert.deepEqual([...types].sort(), ["B", "F", "MI", "R", "X", "X-QUOTE", "X-TRADE"]);
      const record = JSON.parse(messages(lines).at(-1)!.Content);
      assert.equal(record.TradingDate, "20/11/2026");
      assert.equal(record.Time, "09:14:52");
    });
  }));

Deno.test("SSI's own Node client hears of an unknown channel through its error event", () =>
  withService({}, async (sim) => {
    await withVendor(sim.url, "FOO:ALL", async (lines) => {
      await until(() => lines.includes("error Channel is not supported: FOO:ALL"), "error event");
    });
  }));
