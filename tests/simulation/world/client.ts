import type { TableName } from "../../../core/wire/board.ts";
import { connectTables } from "../../../core/wire/client.ts";
import type { ServerFrame } from "../../../core/wire/frames.ts";
import { FakeSocket, Page, type Surroundings } from "../../core/wire/client_net.ts";

/** Tables that a client of a world looks at. */
export const WATCHED: readonly TableName[] = ["board:vn30", "board:der", "index"];

/** A page with the product's own client over a line that can stall; it checks what it is sent. */
export class SimClient {
  readonly page = new Page();
  readonly #surroundings: Surroundings;
  readonly #timers = new Map<number, { act: () => void; atMs: number }>();
  readonly #client: { close(): void };
  #socket: CheckedSocket | null = null;
  #lastTimer = 0;
  #stalledSteps = 0;

  constructor(surroundings: Surroundings, write: (text: string) => string | null) {
    this.#surroundings = surroundings;
    const seed = WATCHED.map((c) => ({ c, e: "", s: 0 }));
    this.#client = connectTables({
      ...this.page,
      url: "ws://board.test/ws",
      seed,
      shell: {
        open: (url, protocols) => {
          this.#socket = new CheckedSocket(write, surroundings, url, protocols);
          return this.#socket as unknown as WebSocket;
        },
        later: (act, ms) => {
          const id = ++this.#lastTimer;
          this.#timers.set(id, { act, atMs: surroundings.world.nowMs + ms });
          return () => this.#timers.delete(id);
        },
        random: () => 0.5,
        nowMs: () => surroundings.world.nowMs,
      },
    });
  }

  /** Takes nothing off the line for some steps. */
  stall(steps: number): void {
    this.#stalledSteps = steps;
    this.#socket!.stall();
  }

  /** Lets the world's time reach line and timers. */
  step(): void {
    const { nowMs } = this.#surroundings.world;
    this.#socket!.open();
    if (this.#stalledSteps > 0 && --this.#stalledSteps === 0) this.#socket!.resume();
    for (const [id, { act, atMs }] of [...this.#timers]) {
      if (atMs <= nowMs && this.#timers.delete(id)) act();
    }
  }

  /** The line is free from now on. */
  free(): void {
    this.#stalledSteps = 0;
    this.#socket!.resume();
  }

  close(): void {
    this.#client.close();
  }
}

/** A socket on which no table may go back, or skip a change, inside an epoch (I6). */
class CheckedSocket extends FakeSocket {
  readonly #sent = new Map<TableName, { e: string; s: number }>();
  readonly #write: (text: string) => string | null;

  constructor(
    write: (text: string) => string | null,
    ...rest: ConstructorParameters<typeof FakeSocket>
  ) {
    super(...rest);
    this.#write = write;
  }

  override send(text: string): void {
    if (text.startsWith('{"op"')) {
      this.#asked(text);
      return super.send(text);
    }
    const written = this.#write(text);
    if (written === null) return;
    this.#check(written);
    super.send(written);
  }

  #asked(text: string): void {
    const operation = JSON.parse(text);
    if (operation.op !== "sub") return;
    for (const table of operation.c as readonly TableName[]) {
      const from = operation.from[table];
      if (from === undefined) this.#sent.delete(table);
      else this.#sent.set(table, { ...from });
    }
  }

  #check(text: string): void {
    const told = JSON.parse(text) as ServerFrame | ServerFrame[];
    for (const frame of Array.isArray(told) ? told : [told]) {
      if (frame.k !== "s" && frame.k !== "d") continue;
      const held = this.#sent.get(frame.c);
      const isBack = held?.e === frame.e && frame.s < held.s;
      const isHole = frame.k === "d" && (held?.e !== frame.e || frame.p > held.s);
      if (isBack || isHole) {
        const { c, e, s } = frame;
        throw new Error(`I6: ${c} ${e} ${s} does not follow ${held?.e} ${held?.s}`);
      }
      this.#sent.set(frame.c, { e: frame.e, s: frame.s });
    }
  }
}
