import { KNOWN } from "../../core/hub/world.ts";
import type { Hub } from "../../../core/hub/hub.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import type { SharedMessage } from "../../../core/hub/message.ts";
import type { ServerFrame } from "../../../core/wire/frames.ts";

/** Where a socket is: the hub behind it, the world's clock, and what becomes of a text. */
export interface Surroundings {
  readonly hub: Hub;
  readonly world: { readonly nowMs: number };
  /** The way of a text from the hub into a client's socket; null loses it. */
  readonly write: (text: string) => string | null;
}

/**
 * Both ends of a socket in one object: a WebSocket for the client, a link for the hub. It checks
 * that no table goes back, or skips a change, inside an epoch (I6).
 */
export class SimSocket implements ClientLink {
  readonly id = "simulated";
  readonly #in: Surroundings;
  /** Server to client, while stalled. */
  readonly #way: string[] = [];
  /** Position up to which each table was sent. */
  readonly #sent = new Map<string, { e: string; s: number }>();
  #isStalled = false;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(surroundings: Surroundings) {
    this.#in = surroundings;
  }

  get unsentBytes(): number {
    return this.#isStalled ? 1 : 0;
  }

  /** The handshake is done; the hub greets before the client can ask. */
  open(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.#in.hub.join(this, "v1", this.#in.world.nowMs, KNOWN);
    this.onopen?.();
  }

  /** Called by both ends: text comes from the client, a message from the hub. */
  send(said: string | SharedMessage): void {
    if (typeof said === "string") {
      this.#asked(said);
      return this.#in.hub.receive(this, "v1", said, this.#in.world.nowMs);
    }
    const written = this.#in.write(said.text);
    if (written === null) return;
    this.#check(written);
    if (this.#isStalled) this.#way.push(written);
    else this.onmessage?.({ data: written });
  }

  stall(): void {
    this.#isStalled = this.readyState === 1;
  }

  resume(): void {
    this.#isStalled = false;
    for (const data of this.#way.splice(0)) this.onmessage?.({ data });
  }

  /** The way is cut; both sides notice, and what was on it is lost. */
  close(code = 1000): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#way.length = 0;
    this.#in.hub.leave(this, "v1");
    this.onclose?.({ code });
  }

  #asked(text: string): void {
    const operation = JSON.parse(text);
    if (operation.op !== "sub") return;
    for (const table of operation.c as readonly string[]) {
      const from = operation.from?.[table];
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
