import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createDay } from "../../../core/exchange/day.ts";
import { until } from "./support/until.ts";
import { second, withService } from "./support/with_service.ts";

const SCRIPT = fileURLToPath(new URL("./support/vendor_client.ts", import.meta.url));

interface Heard {
  readonly messages: { readonly channel: string; readonly record: Record<string, unknown> }[];
  readonly errors: string[];
}

/** Runs SSI's client in a process of its own and keeps what it hears. */
async function withVendor(
  url: string,
  channels: string,
  body: (heard: Heard) => Promise<void>,
): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-prompt", "--no-check", SCRIPT, url, channels],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const heard: Heard = { messages: [], errors: [] };
  const reading = listen(child.stdout, heard);
  try {
    await body(heard);
  } finally {
    child.kill("SIGKILL");
    await child.status;
    await reading;
  }
}

async function listen(stream: ReadableStream<Uint8Array>, heard: Heard): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream() as never)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith("error ")) heard.errors.push(line.slice(6));
      if (!line.startsWith("data ")) continue;
      const { DataType, Content } = JSON.parse(line.slice(5));
      heard.messages.push({ channel: DataType, record: JSON.parse(Content) });
    }
  }
}

Deno.test("SSI's own Node client connects unmodified and receives every channel, cached and live", () =>
  withService({ openDay: createDay }, async (sim) => {
    const channels = "X-TRADE:ALL,X-QUOTE:ALL,X:FPT-VNM,R:ALL,MI:ALL,F:ALL,B:FPT-VN30";
    await withVendor(sim.url, channels, async ({ messages }) => {
      const of = (channel: string) => messages.filter((message) => message.channel === channel);
      await until(() => of("X").length === 2 && of("MI").length > 10, "cached messages");
      await sim.stepTo(second("09:15:02"));
      const auctioned = ({ record }: Heard["messages"][number]) =>
        record.Symbol === "FPT" && record.Time === "09:15:00" && Number(record.TotalVol) > 0;
      await until(() => of("X-TRADE").some(auctioned), "the opening auction of FPT");
      const heard = new Set(messages.map(({ channel }) => channel));
      assert.deepEqual([...heard].sort(), ["B", "F", "MI", "R", "X", "X-QUOTE", "X-TRADE"]);
      assert.ok(messages.every(({ record }) => record.TradingDate === "20/11/2026"));
      const seen = new Set(of("X-QUOTE").map(({ record }) => record.Symbol));
      assert.ok(seen.size >= 1600);
    });
  }));

Deno.test("SSI's own Node client hears of an unknown channel through its error event", () =>
  withService({}, async (sim) => {
    await withVendor(sim.url, "FOO:ALL", async ({ errors }) => {
      await until(() => errors.length > 0, "error event");
      assert.deepEqual(errors, ["Channel is not supported: FOO:ALL"]);
    });
  }));
