import type { Door, Verdict } from "../gateway/door.ts";
import type { Lease } from "../gateway/places.ts";
import type { DoorRequest, GatewayRequest, RemoteVerdict } from "./gateway_messages.ts";

/** Answers a gateway worker at the door, and keeps the leases that it was given. */
export class DoorKeeper {
  readonly #door: Door;
  readonly #post: (answer: GatewayRequest) => void;
  readonly #leases = new Map<number, Lease>();
  #ids = 0;
  #isClosed = false;

  constructor(door: Door, post: (answer: GatewayRequest) => void) {
    this.#door = door;
    this.#post = post;
  }

  /** Places that the worker holds. */
  get held(): number {
    return this.#leases.size;
  }

  async take(request: DoorRequest): Promise<void> {
    if (request.kind === "release") {
      this.#leases.get(request.lease)?.release();
      this.#leases.delete(request.lease);
    } else if (request.kind === "knock") {
      const verdict = await this.#door.admit(request.knock);
      if (this.#isClosed) verdict.lease?.release();
      else this.#post({ kind: "verdict", id: request.id, verdict: this.#numbered(verdict) });
    } else {
      const isValid = await this.#door.isValidToken(request.token);
      if (!this.#isClosed) this.#post({ kind: "token", id: request.id, isValid });
    }
  }

  /** The worker is gone, and its clients with it. */
  close(): void {
    this.#isClosed = true;
    for (const lease of this.#leases.values()) lease.release();
    this.#leases.clear();
  }

  #numbered(verdict: Verdict): RemoteVerdict {
    if (!verdict.ok && verdict.lease === null) return { ...verdict, lease: null };
    const lease = this.#ids++;
    this.#leases.set(lease, verdict.lease!);
    return { ...verdict, lease };
  }
}
