import { RESUME } from "./feed.ts";
import { LineProcess } from "./line_process.ts";
import type { Contender } from "./programs.ts";
import type { Tools } from "./tools.ts";

/** Of its size: what a message has at least; heartbeats are shorter. */
const LEAST_PLAIN = 0.5;
const LEAST_DEFLATED = 0.15;

const EXTENSION = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

/**
 * At least so many messages before what counts: Linux acknowledges the first 16 segments of a
 * connection one by one, and what is sent often has to be compiled. Slow servers end before.
 */
const WARM_UP_ROUNDS = 24;
const WARM_UP_SECONDS = 0.5;
const WARM_UP_RUNS_MAX = 6;

/** What all runs have in common. */
export interface Conditions {
  readonly tools: Tools;
  /** Files of the texts, by size. */
  readonly texts: ReadonlyMap<number, string>;
  /** How long each measurement lasts. */
  readonly seconds: number;
}

/** Who is measured with how many clients, and how often. */
export interface Plan {
  readonly servers: readonly string[];
  readonly repeats: number;
  readonly clients: number;
}

/** One measurement. */
export interface Figures {
  readonly server: string;
  readonly clients: number;
  /** Bytes of a message before compression. */
  readonly size: number;
  readonly deliveries: number;
  readonly perSecond: number;
  /** Processor time of the server for a message to one client, μs. */
  readonly cpuUs: number;
  /** Of two cores, how much the server used. */
  readonly cores: number;
  /** From the order to the last byte of a message, ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytesEach: number;
  /** Memory of the server per open and quiet client, and at most, bytes. */
  readonly idleBytes: number;
  readonly peakBytes: number;
  /** Sockets opened a second. */
  readonly openedPerSecond: number;
  /** Messages that did not come, and sockets that were lost. */
  readonly missing: number;
  readonly gone: number;
}

/** What a client asks of a server beside the upgrade. */
export function headersOf({ protocol, isDeflated }: Contender): string {
  return [
    ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol}`] : []),
    ...(isDeflated ? [`Sec-WebSocket-Extensions: ${EXTENSION}`] : []),
  ].map((line) => `${line}\r\n`).join("");
}

/** A running server with its clients. */
export class Arena implements AsyncDisposable {
  readonly #server: LineProcess;
  readonly #client: LineProcess;
  readonly #contender: Contender;
  readonly #clients: number;
  /** Where the server listens. */
  readonly port: string;
  readonly #opened: { readonly idleBytes: number; readonly openedPerSecond: number };

  private constructor(
    pair: { readonly server: LineProcess; readonly client: LineProcess; readonly port: string },
    what: { readonly contender: Contender; readonly clients: number },
    opened: { readonly idleBytes: number; readonly openedPerSecond: number },
  ) {
    this.port = pair.port;
    this.#server = pair.server;
    this.#client = pair.client;
    this.#contender = what.contender;
    this.#clients = what.clients;
    this.#opened = opened;
  }

  /** Starts both, each on its own processor when `isPinned`, and waits until all is quiet. */
  static async open(
    conditions: Conditions,
    what: { readonly contender: Contender; readonly clients: number; readonly isPinned: boolean },
  ): Promise<Arena> {
    const { tools, texts } = conditions;
    const { contender, clients } = what;
    const isPinned = what.isPinned && tools.canPin;
    const given = contender.takes === "texts" ? texts.values() : texts.keys();
    const command = [...contender.command(tools)!, ...[...given].map(String)];
    const server = new LineProcess(command, isPinned ? 0 : null);
    try {
      const port = (await server.next()).replace("port ", "");
      const before = server.memory().rss;
      const first = contender.protocol ? RESUME : "";
      const client = new LineProcess(
        [...tools.client, port, `${clients}`, "/ws", headersOf(contender), first],
        isPinned ? 1 : null,
      );
      const { openedMs } = JSON.parse(await client.next());
      return new Arena({ server, client, port }, what, {
        idleBytes: (server.memory().rss - before) / clients,
        openedPerSecond: clients / openedMs * 1_000,
      });
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Sockets opened a second. */
  get openedPerSecond(): number {
    return this.#opened.openedPerSecond;
  }

  /** Resident memory of the server now and at most so far, bytes. */
  memory(): { readonly rss: number; readonly peak: number } {
    return this.#server.memory();
  }

  /** Lets server and connections become what they are for most of their life. */
  async warmUp(size: number): Promise<void> {
    let deliveries = 0;
    for (let runs = 0; runs < WARM_UP_RUNS_MAX; runs++) {
      deliveries += (await this.run(size, { seconds: WARM_UP_SECONDS, hz: 0 })).deliveries;
      if (deliveries >= WARM_UP_ROUNDS * this.#clients) return;
    }
  }

  /** Has messages of a size sent, `hz` times a second or, with 0, as fast as they are received. */
  async run(size: number, { seconds, hz }: { seconds: number; hz: number }): Promise<Figures> {
    const least = Math.floor(size * (this.#contender.isDeflated ? LEAST_DEFLATED : LEAST_PLAIN));
    const startS = this.#server.cpuSeconds();
    await this.#client.say(`run ${size} ${least} ${seconds} ${hz}`);
    const told = JSON.parse(await this.#client.next());
    const cpuS = this.#server.cpuSeconds() - startS;
    return {
      server: this.#contender.name,
      clients: this.#clients,
      size,
      deliveries: told.deliveries,
      perSecond: told.deliveries / told.seconds,
      cpuUs: cpuS / told.deliveries * 1e6,
      cores: cpuS / told.seconds,
      p50Ms: told.p50Ms,
      p99Ms: told.p99Ms,
      bytesEach: told.bytes / told.deliveries,
      peakBytes: this.#server.memory().peak,
      missing: told.missing,
      gone: told.gone,
      ...this.#opened,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The server first: it would log each of ten thousand lost sockets.
    await this.#server[Symbol.asyncDispose]();
    await this.#client[Symbol.asyncDispose]();
  }
}

/** Measures a server with one set of clients, size after size. */
export async function measureSizes(
  conditions: Conditions,
  what: Parameters<typeof Arena.open>[1],
  run: { readonly sizes: readonly number[]; readonly seconds: number; readonly hz: number },
): Promise<Figures[]> {
  await using arena = await Arena.open(conditions, what);
  const figures: Figures[] = [];
  await arena.warmUp(run.sizes[0]!);
  for (const size of run.sizes) figures.push(await arena.run(size, run));
  return figures;
}
