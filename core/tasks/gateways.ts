import { addFigures, countersOf, type Figures } from "../gateway/figures.ts";
import type { Door } from "../gateway/door.ts";
import { DoorKeeper } from "./door_keeper.ts";
import type { GatewayReply, GatewayRequest, GatewaySettings } from "./gateway_messages.ts";
import { type BackendDeps, Supervisor } from "./supervisor.ts";
import type { IngestRequest } from "./worker_messages.ts";

/** A gateway that says nothing for this time is taken for dead; it tells figures once a second. */
const SILENCE_MS = 10_000;

export interface GatewaysPlan {
  readonly count: number;
  readonly settings: GatewaySettings;
  readonly door: Door;
}

/** The gateway workers, each with a hub that the engine side feeds through a port of its own. */
export class Gateways {
  readonly #gateways: readonly Gateway[];

  constructor({ count, ...plan }: GatewaysPlan, deps: BackendDeps) {
    this.#gateways = Array.from(
      { length: count },
      (_, i) => new Gateway(`gateway-${i + 1}`, plan, deps),
    );
  }

  /** Takes another engine side (a worker that was started again). */
  connect(ingest: Worker): void {
    for (const gateway of this.#gateways) gateway.connect(ingest);
  }

  /** The engine side is gone. */
  disconnect(reason: string): void {
    for (const gateway of this.#gateways) gateway.disconnect(reason);
  }

  /** Figures of all of them together, also of those that had to be started again. */
  figures(): Figures {
    if (this.#gateways.length === 0) return {};
    const sum = (of: (gateway: Gateway) => number) =>
      this.#gateways.reduce((total, gateway) => total + of(gateway), 0);
    return {
      ...addFigures(this.#gateways.map((gateway) => gateway.figures())),
      gateways: this.#gateways.length,
      gateways_up: sum((gateway) => gateway.isListening ? 1 : 0),
      gateway_restarts_total: sum((gateway) => gateway.restarts),
      gateway_leases: sum((gateway) => gateway.held),
    };
  }

  /** Ends one at once, as a crash would; it is started again. */
  kill(index: number): void {
    this.#gateways[index]?.kill();
  }

  /** Lets each say good-bye to its clients, then ends it. */
  async stop(): Promise<void> {
    await Promise.all(this.#gateways.map((gateway) => gateway.stop()));
  }
}

class Gateway {
  readonly #name: string;
  readonly #settings: GatewaySettings;
  readonly #door: Door;
  readonly #deps: BackendDeps;
  readonly #supervisor: Supervisor;
  #keeper: DoorKeeper | null = null;
  #ingest: Worker | null = null;
  /** Whether it has ever listened: only a first start that fails is fatal. */
  #hasListened = false;
  #figures: Figures = {};
  #countedBefore: Figures = {};
  isListening = false;

  constructor(name: string, plan: Omit<GatewaysPlan, "count">, deps: BackendDeps) {
    this.#name = name;
    this.#settings = plan.settings;
    this.#door = plan.door;
    this.#deps = deps;
    this.#supervisor = new Supervisor({
      name,
      url: new URL("./gateway_worker.ts", import.meta.url),
      silenceMs: SILENCE_MS,
      stop: { ask: { kind: "stop" } satisfies GatewayRequest, stopped: "stopped" },
      start: (worker) => this.#started(worker),
      onMessage: (message) => this.#take(message as GatewayReply),
      onDown: () => this.#down(),
    }, deps.log);
  }

  get restarts(): number {
    return this.#supervisor.restarts;
  }

  /** Places that its clients hold. */
  get held(): number {
    return this.#keeper?.held ?? 0;
  }

  figures(): Figures {
    return addFigures([this.#countedBefore, this.#figures]);
  }

  connect(ingest: Worker): void {
    this.#ingest = ingest;
    const worker = this.#supervisor.worker;
    if (worker !== null) this.#join(ingest, worker);
  }

  disconnect(reason: string): void {
    this.#ingest = null;
    const request: GatewayRequest = { kind: "no-bus", reason };
    this.#supervisor.worker?.postMessage(request);
  }

  kill(): void {
    this.#supervisor.kill();
  }

  async stop(): Promise<void> {
    await this.#supervisor.stop();
    this.#keeper?.close();
  }

  #started(worker: Worker): void {
    this.#keeper = new DoorKeeper(this.#door, (answer) => worker.postMessage(answer));
    const request: GatewayRequest = { kind: "start", settings: this.#settings };
    worker.postMessage(request);
    if (this.#ingest !== null) this.#join(this.#ingest, worker);
  }

  /** Gives the engine side and a hub the two ends of a port: no message passes through this thread. */
  #join(ingest: Worker, worker: Worker): void {
    const { port1, port2 } = new MessageChannel();
    const toEngine: IngestRequest = { kind: "hub", name: this.#name, port: port1 };
    const toHub: GatewayRequest = { kind: "bus", port: port2 };
    ingest.postMessage(toEngine, [port1]);
    worker.postMessage(toHub, [port2]);
  }

  #take(reply: GatewayReply): void {
    switch (reply.kind) {
      case "metrics":
        this.#figures = reply.metrics;
        return;
      case "listening":
        this.#hasListened = this.isListening = true;
        return;
      case "failed":
        if (this.#hasListened) this.#supervisor.kill(reply.message);
        else this.#deps.onFatal(`Cannot listen on WS_PORT: ${reply.message}`);
        return;
      case "stopped":
        return;
      default:
        void this.#keeper!.take(reply);
    }
  }

  #down(): void {
    this.isListening = false;
    this.#keeper?.close();
    this.#keeper = null;
    this.#countedBefore = addFigures([this.#countedBefore, countersOf(this.#figures)]);
    this.#figures = {};
    const request: IngestRequest = { kind: "hub", name: this.#name, port: null };
    this.#ingest?.postMessage(request);
  }
}
