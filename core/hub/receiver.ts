import { InboundGuard } from "./inbound.ts";
import type { ClientLink } from "./link.ts";

/** Who gets messages over a link: what it may say itself, and since when it takes nothing. */
export class Receiver {
  readonly link: ClientLink;
  readonly inbound: InboundGuard;
  #lagSinceMs: number | null = null;

  constructor(link: ClientLink, nowMs: number) {
    this.link = link;
    this.inbound = new InboundGuard(nowMs);
  }

  get isLagging(): boolean {
    return this.#lagSinceMs !== null;
  }

  /** Since when unsent bytes held up what was due, by the clock of `look`; Infinity while none do. */
  get lagSinceMs(): number {
    return this.#lagSinceMs ?? Infinity;
  }

  /** What was written has left, as far as anybody tells. */
  get isFree(): boolean {
    return this.link.unsentBytes === 0;
  }

  /** Looks at the link: free to write, to be left alone, or stuck for longer than `lagMsMax`. */
  look(nowMs: number, lagMsMax: number, isFree = this.isFree): "free" | "busy" | "stuck" {
    if (isFree) {
      this.#lagSinceMs = null;
      return "free";
    }
    this.#lagSinceMs ??= nowMs;
    return nowMs - this.#lagSinceMs > lagMsMax ? "stuck" : "busy";
  }
}
