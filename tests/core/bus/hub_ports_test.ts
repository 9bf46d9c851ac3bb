import assert from "node:assert/strict";
import { HubPorts } from "../../../core/bus/hub_ports.ts";
import { AHEAD_MAX, PortSubscriber } from "../../../core/bus/message_port.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { until } from "../gateway/test_server.ts";
import { cellsOf, liveStatus, ROWS } from "../hub/world.ts";

/** An engine side with several hubs behind real ports, and what each hub has received. */
class Lines implements Disposable {
  readonly tables = new Publisher({ epoch: "e0", status: liveStatus() });
  readonly hubs = new HubPorts(() => this.tables.snapshot());
  readonly #ports: MessagePort[] = [];
  #price = 0;

  constructor() {
    this.tables.setRows(ROWS, "e1");
    this.tables.tick(0);
  }

  /** A port whose other end the engine side serves under this name. */
  open(name: string): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1, port2);
    this.hubs.add(name, port1);
    return port2;
  }

  /** A hub that listens; its messages in the order that they came. */
  join(name: string): BusMessage[] {
    const received: BusMessage[] = [];
    new PortSubscriber(this.open(name)).subscribe((message) => received.push(message));
    return received;
  }

  change(): void {
    this.tables.put("board:vn30", "FPT", cellsOf("board:vn30", { last: ++this.#price }));
    this.hubs.publish(this.tables.tick(this.#price)!);
  }

  [Symbol.dispose](): void {
    for (const port of this.#ports) port.close();
  }
}

/** Seqs of the deltas among messages; a hub that joins may get its snapshot twice. */
function seqsOf(messages: readonly BusMessage[]): number[] {
  assert.equal(messages[0]?.k ?? "snapshot", "snapshot");
  return messages.filter((message) => message.k === "delta").map(({ seq }) => seq);
}

Deno.test("Each hub gets a snapshot first and then every message; a late one begins where it joins", async () => {
  using lines = new Lines();
  const early = lines.join("a");
  await until(() => early.length > 0, "the first snapshot");
  lines.change();
  const late = lines.join("b");
  await until(() => late.length > 0, "the second snapshot");
  lines.change();
  await until(() => seqsOf(early).length === 2 && seqsOf(late).length === 1, "the deltas");
  assert.deepEqual(seqsOf(late), seqsOf(early).slice(1));
});

Deno.test("A message becomes text once, however many hubs there are, and never without one", async () => {
  using lines = new Lines();
  let made = 0;
  const message = { k: "metrics" as const, metrics: { toJSON: () => (made++, {}) } as never };
  lines.hubs.publish(message);
  assert.equal(made, 0);
  const all = ["a", "b", "c"].map((name) => lines.join(name));
  await until(() => all.every(({ length }) => length > 0), "the snapshots");
  lines.hubs.publish(message);
  assert.equal(made, 1);
});

Deno.test("A hub that takes nothing has its own backlog; the others get everything", async () => {
  using lines = new Lines();
  const asleep = lines.open("asleep");
  asleep.postMessage(JSON.stringify({ k: "resend" }));
  const good = lines.join("good");
  await until(() => good.length > 0, "the snapshot");
  const count = AHEAD_MAX + 10;
  for (let i = 1; i <= count; i++) {
    lines.change();
    // It acknowledges as it takes, so it must be let take.
    if (i % 500 === 0) await until(() => seqsOf(good).length === i, `message ${i}`);
  }
  await until(() => seqsOf(good).length === count, "every message");
  // The backlog holds the snapshot that it asked for as well.
  assert.equal(lines.hubs.dropped, 11);
  lines.hubs.remove("asleep");
  assert.equal(lines.hubs.dropped, 11, "what was left out stays counted");
});

Deno.test("A hub of the same name takes the place of the one before", async () => {
  using lines = new Lines();
  const first = lines.join("a");
  await until(() => first.length > 0, "the snapshot");
  const second = lines.join("a");
  await until(() => second.length > 0, "the snapshot of the second");
  lines.change();
  await until(() => seqsOf(second).length === 1, "the delta");
  assert.deepEqual(seqsOf(first), []);
});
