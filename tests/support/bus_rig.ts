import type { Broker } from "../../core/bus/broker.ts";
import { openBroker } from "../../core/bus/open_broker.ts";
import { RemotePublisher } from "../../core/bus/remote_publisher.ts";
import { RemoteSubscriber } from "../../core/bus/remote_subscriber.ts";
import { Hub } from "../../core/hub/hub.ts";
import { Publisher } from "../../core/hub/publisher.ts";
import { createLogger } from "../../core/log.ts";
import { Secret } from "../../core/secret.ts";
import type { BusMessage } from "../../core/wire/bus_message.ts";
import { TABLE_NAMES } from "../../core/wire/channel.ts";
import type { MarketView } from "../../core/wire/snapshot.ts";
import { LOG_NAMES } from "../../core/wire/log.ts";
import { alertOf, cellsOf, hubStart, liveStatus, ROWS } from "../core/hub/world.ts";
import type { BrokerServer } from "./broker_server.ts";
import { until } from "./program.ts";

const clock = { nowMs: () => Date.now() };

/** An engine side that speaks to a broker. */
export class TestEngine {
  readonly tables: Publisher;
  readonly publisher: RemotePublisher;
  readonly broker: Broker;
  term: number | null;
  #price = 0;

  private constructor(broker: Broker, term: number, epoch: string, log: string[]) {
    this.broker = broker;
    this.term = term;
    this.tables = new Publisher({ epoch: `${epoch}-0`, status: liveStatus() });
    this.tables.setRows(ROWS, epoch);
    this.tables.tick(null);
    this.publisher = new RemotePublisher({
      broker,
      term: () => this.term,
      snapshot: () => this.tables.snapshot(),
      nowMs: () => performance.now(),
      log: testLog(log),
    });
  }

  static async start(
    server: BrokerServer,
    { term = 1, epoch = "e1", log = [] as string[] } = {},
  ): Promise<TestEngine> {
    const broker = await openBroker(
      new Secret(server.url),
      testLog(log),
      new AbortController().signal,
    );
    await broker.prepare();
    const engine = new TestEngine(broker, term, epoch, log);
    engine.publisher.tick();
    return engine;
  }

  /** Tells a price, and every tenth time an alert. */
  change(): void {
    this.#price++;
    this.tables.put("board:vn30", "FPT", cellsOf("board:vn30", { last: this.#price }));
    if (this.#price % 10 === 0) {
      this.tables.append({
        name: "alerts",
        from: this.#price / 10 - 1,
        entries: [alertOf(this.#price / 10)],
      });
    }
    this.publisher.publish(this.tables.tick(this.#price)!);
  }

  async close(): Promise<void> {
    await this.publisher.close();
    await this.broker.close();
  }
}

/** A web node: a hub that follows a bus. */
export class TestNode {
  readonly hub = new Hub(hubStart(liveStatus()));
  readonly received: BusMessage[] = [];
  readonly applied: string[] = [];
  readonly subscriber: RemoteSubscriber;
  readonly broker: Broker;
  #stop: () => void;

  private constructor(broker: Broker, log: string[]) {
    this.broker = broker;
    this.subscriber = new RemoteSubscriber({ broker, clock, log: testLog(log) });
    this.#stop = this.#subscribe();
  }

  /** `loses` says which texts never reach it, as if the way to it had been cut for a moment. */
  static async start(
    server: BrokerServer,
    { log = [], loses = () => false }: { log?: string[]; loses?: (text: string) => boolean } = {},
  ): Promise<TestNode> {
    const broker = await openBroker(
      new Secret(server.url),
      testLog(log),
      new AbortController().signal,
    );
    const listen = broker.listen.bind(broker);
    broker.listen = (onText) => listen((text) => loses(text) || onText(text));
    return new TestNode(broker, log);
  }

  /** Waits until it shows what an engine side has. */
  async follows(engine: TestEngine): Promise<void> {
    await until("the hub follows the engine", () => {
      const isThere = this.hub.view().epoch === engine.tables.epoch &&
        this.hub.view().seq === engine.tables.seq;
      return Promise.resolve(isThere || null);
    });
  }

  async close(): Promise<void> {
    this.#stop();
    await this.broker.close();
  }

  #subscribe(): () => void {
    return this.subscriber.subscribe((message) => {
      this.received.push(message);
      const applied = this.hub.apply(message, Date.now());
      this.applied.push(applied);
      if (applied !== "gap") return;
      this.#stop();
      this.#stop = this.#subscribe();
    });
  }
}

/** Everything that a hub shows. */
export function shown(view: MarketView): unknown {
  return {
    ...{ epoch: view.epoch, seq: view.seq, asOfMs: view.asOfMs, state: view.status.state },
    tables: TABLE_NAMES.map((name) => view.all(name as "index")),
    logs: LOG_NAMES.map((name) => view.log(name)),
  };
}

/** What a hub shows that was told everything of an engine side at once. */
export function whole(engine: TestEngine): unknown {
  const hub = new Hub(hubStart(liveStatus()));
  hub.apply(engine.tables.snapshot(), 0);
  return shown(hub.view());
}

export function testLog(lines: string[]) {
  return createLogger({ level: "debug", nowMs: () => 0, write: (line) => lines.push(line) });
}
