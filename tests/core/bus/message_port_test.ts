import assert from "node:assert/strict";
import {
  AHEAD_CHARS_MAX,
  AHEAD_MAX,
  PortPublisher,
  PortSubscriber,
} from "../../../core/bus/message_port.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { cellsOf, liveStatus, ROWS } from "../hub/world.ts";

/** An engine side behind a real port, and what its hub has received. */
class Line implements Disposable {
  readonly #channel = new MessageChannel();
  readonly tables = new Publisher({ epoch: "e0", status: liveStatus() });
  readonly received: BusMessage[] = [];
  publisher: PortPublisher | null = null;
  readonly subscriber = new PortSubscriber(this.#channel.port2);
  #wake = () => {};
  #price = 0;

  constructor() {
    this.tables.setRows(ROWS, "e1");
  }

  startEngine(): PortPublisher {
    return this.publisher = new PortPublisher(this.#channel.port1, () => this.tables.snapshot());
  }

  subscribe(): () => void {
    return this.subscriber.subscribe((message) => {
      this.received.push(message);
      this.#wake();
    });
  }

  change(): void {
    const cells = cellsOf("board:vn30", { last: ++this.#price });
    this.tables.put("board:vn30", "FPT", cells);
    this.publisher!.publish(this.tables.tick(this.#price)!);
  }

  /** Waits until so many messages have come. */
  async got(count: number): Promise<BusMessage[]> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
    return this.received;
  }

  [Symbol.dispose](): void {
    this.publisher?.close();
    this.#channel.port1.close();
    this.#channel.port2.close();
  }
}

Deno.test("A subscriber gets a snapshot first and then every message in order (F-030)", async () => {
  using line = new Line();
  line.startEngine();
  line.tables.tick(0);
  line.subscribe();
  const [first] = await line.got(1);
  assert.equal(first!.k, "snapshot");
  for (let i = 0; i < 3; i++) line.change();
  const deltas = () => line.received.filter((message) => message.k === "delta");
  for (let count = 2; deltas().length < 3; count++) await line.got(count);
  assert.deepEqual(deltas().map(({ seq }) => seq), [1, 2, 3]);
});

Deno.test("A subscriber that asked before the engine side listens gets its snapshot all the same", async () => {
  using line = new Line();
  line.subscribe();
  line.startEngine();
  const [first] = await line.got(1);
  assert.equal(first!.k, "snapshot");
});

Deno.test("Nothing is sent while no hub has asked", async () => {
  using line = new Line();
  line.startEngine();
  line.tables.tick(0);
  for (let i = 0; i < 5; i++) line.change();
  line.subscribe();
  const [first] = await line.got(1);
  assert.ok(first!.k === "snapshot");
  assert.equal(first!.seq, 5);
});

Deno.test("Subscribing again gives a snapshot again; the old subscription is silent (F-030)", async () => {
  using line = new Line();
  line.startEngine();
  const stop = line.subscribe();
  await line.got(1);
  stop();
  line.subscribe();
  const messages = await line.got(2);
  assert.deepEqual(messages.map(({ k }) => k), ["snapshot", "snapshot"]);
});

Deno.test("What is sent ahead is bounded by its size as well, and a snapshot goes out whatever its size", async () => {
  using line = new Line();
  line.startEngine();
  const rows = 4_000;
  const symbols = Array.from({ length: rows }, (_, i) => `S${i}`);
  line.tables.setRows({ ...ROWS, "board:extra": symbols }, "e2");
  line.tables.tick(0);
  line.subscribe();
  await line.got(1);
  // Each message holds every cell: some hundred of them are more than may be ahead.
  let [sent, chars] = [0, 0];
  while (line.publisher!.dropped === 0) {
    sent++;
    for (const symbol of symbols) {
      line.tables.put("stock", symbol, cellsOf("stock", { last: sent, vol: 1e9 + sent }));
    }
    const message = line.tables.tick(sent)!;
    chars += JSON.stringify(message).length;
    line.publisher!.publish(message);
    assert.ok(chars < 2 * AHEAD_CHARS_MAX, "nothing was left out");
  }
  // The first snapshot was ahead too.
  assert.ok(chars > AHEAD_CHARS_MAX / 2 && sent < AHEAD_MAX / 10);
  const isCurrent = (message: BusMessage) => message.k === "snapshot" && message.seq === sent;
  for (let count = 1; !line.received.some(isCurrent); count++) await line.got(count);
});

Deno.test("A hub that is stuck bounds what is sent to it, and gets a snapshot when it is back", async () => {
  using line = new Line();
  line.startEngine();
  line.tables.tick(0);
  line.subscribe();
  await line.got(1);
  // This turn of the event loop does not end, so no acknowledgement comes in.
  const ahead = AHEAD_MAX * 2;
  for (let i = 0; i < ahead; i++) line.change();
  assert.ok(line.publisher!.dropped > AHEAD_MAX - 2);
  const isCurrent = (message: BusMessage) => message.k === "snapshot" && message.seq === ahead;
  for (let count = 1; !line.received.some(isCurrent); count++) await line.got(count);
  const sent = line.received.length;
  assert.ok(sent <= AHEAD_MAX + 2, `${sent} messages`);
  line.change();
  const next = (await line.got(sent + 1)).at(-1)!;
  assert.equal(next.k === "delta" && next.seq, ahead + 1);
});

Deno.test("Other traffic on the same port is left alone", async () => {
  const { port1, port2 } = new MessageChannel();
  const tables = new Publisher({ epoch: "e0", status: liveStatus() });
  const publisher = new PortPublisher(port1, () => tables.snapshot());
  const { promise, resolve } = Promise.withResolvers<BusMessage>();
  new PortSubscriber(port2).subscribe(resolve);
  port1.postMessage({ kind: "log" });
  port2.postMessage({ kind: "stop" });
  assert.equal((await promise).k, "snapshot");
  publisher.close();
  port1.close();
  port2.close();
});
