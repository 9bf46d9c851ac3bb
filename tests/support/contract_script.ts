import type { Cell } from "../../core/wire/board.ts";
import { type RowSetName, TABLES } from "../../core/wire/channel.ts";
import type { Position, ServerFrame } from "../../core/wire/frames.ts";
import type { FakeLink } from "../core/hub/world.ts";
import { World } from "../core/hub/world.ts";

/** What a right client holds of the channel. */
export interface Held extends Position {
  /** Symbol and cells of each row in order, by field; those of null are left out. */
  readonly rows?: readonly (readonly [symbol: string, cells: Readonly<Record<string, Cell>>])[];
  /** Numbers of the entries of a log. */
  readonly entries?: readonly number[];
}

interface Step {
  /** One message of the socket as it comes. */
  readonly message: string;
  /** What is held after it; null for nothing yet. */
  readonly holds: Held | null;
  /** Whether the client now has to subscribe again, from what it holds. */
  readonly asks: boolean;
}

export interface ContractCase {
  readonly name: string;
  readonly channel: RowSetName | "alerts";
  readonly steps: readonly Step[];
}

/** A client that hears of one channel, and what it should make of it. */
export class ContractScript {
  readonly world: World;
  readonly #channel: RowSetName | "alerts";
  readonly #onWay: (message: string) => string[];
  readonly #link: FakeLink;
  readonly #truths = new Map<string, Held>();
  readonly #steps: Step[] = [];
  #holds: Held | null = null;
  #raised = 0;
  #id = 0;

  /** `onWay` is what becomes of each message before it arrives. */
  constructor(channel: RowSetName | "alerts", onWay = (message: string) => [message]) {
    this.#channel = channel;
    this.#onWay = onWay;
    this.world = World.started();
    this.#remember();
    this.#link = this.world.join();
    this.hear();
    this.subscribe();
  }

  subscribe(from?: Position): void {
    const start = from === undefined ? {} : { from: { [this.#channel]: from } };
    this.world.send(this.#link, { op: "sub", id: ++this.#id, c: [this.#channel], ...start });
    this.hear();
  }

  /** Subscribes again from what is held, as a step asked for. */
  resume(): void {
    this.subscribe({ e: this.#holds!.e, s: this.#holds!.s });
  }

  put(symbol: string, values: Readonly<Record<string, Cell>>): void {
    this.world.put(this.#channel as RowSetName, symbol, values);
    this.#tick();
  }

  raise(n: number): void {
    this.world.raise(n);
    this.#raised = n;
    this.#tick();
  }

  startEpoch(name: string, rows: Readonly<Record<string, readonly string[]>>): void {
    this.world.startEpoch(rows, name);
    this.#raised = 0;
    this.#tick();
  }

  /** Messages that wait, not told to anybody yet. */
  take(): string[] {
    this.world.wait(500);
    return this.#link.sent.splice(0).flatMap(this.#onWay);
  }

  get holds(): Held | null {
    return this.#holds;
  }

  /** Messages that arrived so far. */
  get shown(): readonly string[] {
    return this.#steps.map(({ message }) => message);
  }

  /** What the server says arrives, and is right. */
  hear(messages: readonly string[] = this.take()): void {
    for (const message of messages) {
      let { e, s } = this.#holds ?? { e: "", s: -1 };
      for (const frame of framesOf(message)) {
        if (frame.k !== "s" && frame.k !== "d" && frame.k !== "a") continue;
        if (frame.k === "s" && (frame.i ?? 0) + 1 < (frame.n ?? 1)) continue;
        if (frame.c === this.#channel) ({ e, s } = frame);
      }
      this.#holds = this.#truths.get(`${e} ${s}`) ?? this.#holds;
      this.#steps.push({ message, holds: this.#holds, asks: false });
    }
  }

  /** A message that changes nothing, and may make the client ask. */
  hearInVain(message: string, asks: boolean): void {
    this.#steps.push({ message, holds: this.#holds, asks });
  }

  case(name: string): ContractCase {
    return { name, channel: this.#channel, steps: this.#steps };
  }

  #tick(): void {
    this.world.tick();
    this.#remember();
  }

  #remember(): void {
    const { publisher } = this.world;
    const { epoch: e, tables, views } = publisher.snapshot();
    if (this.#channel === "alerts") {
      const entries = Array.from({ length: this.#raised }, (_, i) => i + 1);
      this.#truths.set(`${e} ${this.#raised}`, { e, s: this.#raised, entries });
      return;
    }
    const name = this.#channel === "index" ? "index" : "stock";
    const { symbols: all, rows, seq: s } = tables.find((table) => table.name === name)!;
    const symbols = views.find((view) => view.name === this.#channel)?.symbols ?? all;
    const held = symbols.map((symbol) => {
      const cells = rows[all.indexOf(symbol)]!.map((cell, at) =>
        [TABLES[name][at]!, cell] as const
      );
      return [symbol, Object.fromEntries(cells.filter(([, cell]) => cell !== null))] as const;
    });
    this.#truths.set(`${e} ${s}`, { e, s, rows: held });
  }
}

/** The frames of a message: it holds one, or an array. */
export function framesOf(message: string): ServerFrame[] {
  return [JSON.parse(message)].flat();
}
