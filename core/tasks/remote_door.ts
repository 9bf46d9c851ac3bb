import type { Door, Knock, Verdict } from "../gateway/door.ts";
import { type Lease, once } from "../gateway/places.ts";
import type { DoorRequest, GatewayRequest, RemoteVerdict } from "./gateway_messages.ts";

/** Questions that may wait for the main process at once. */
export const ASKED_MAX = 4_096;

interface Asked {
  /** What the answer was, or null when none came in time. */
  readonly settle: (answer: RemoteVerdict | boolean | null) => void;
}

/** The door of the main process, asked from a gateway worker. */
export class RemoteDoor implements Door {
  readonly #post: (request: DoorRequest) => void;
  readonly #waitMs: number;
  readonly #asked = new Map<number, Asked>();
  #ids = 0;
  readonly #counters = { unanswered: 0, refused: 0 };

  /** `waitMs` is the longest wait for an answer. */
  constructor(post: (request: DoorRequest) => void, { waitMs }: { readonly waitMs: number }) {
    this.#post = post;
    this.#waitMs = waitMs;
  }

  metrics(): Readonly<Record<string, number>> {
    return {
      gateway_door_waiting: this.#asked.size,
      gateway_door_unanswered_total: this.#counters.unanswered,
      gateway_door_crowded_total: this.#counters.refused,
    };
  }

  /** Without an answer there is no place: this process cannot count them. */
  async admit(knock: Knock): Promise<Verdict> {
    const verdict = await this.#ask((id) => ({ kind: "knock", id, knock })) as RemoteVerdict | null;
    if (verdict === null) return { ok: false, why: "total", lease: null };
    if (verdict.ok) return { ...verdict, lease: this.#lease(verdict.lease) };
    const { lease } = verdict;
    return { ...verdict, lease: lease === null ? null : this.#lease(lease) };
  }

  async isValidToken(token: string): Promise<boolean> {
    return await this.#ask((id) => ({ kind: "token", id, token })) === true;
  }

  /** Takes an answer of the main process. */
  take(answer: Extract<GatewayRequest, { kind: "verdict" | "token" }>): void {
    const asked = this.#asked.get(answer.id);
    if (asked !== undefined) {
      asked.settle(answer.kind === "verdict" ? answer.verdict : answer.isValid);
    } else if (answer.kind === "verdict" && answer.verdict.lease !== null) {
      // It came too late: the place was counted for nobody.
      this.#post({ kind: "release", lease: answer.verdict.lease });
    }
  }

  /** Lets nobody wait any longer. */
  close(): void {
    for (const { settle } of [...this.#asked.values()]) settle(null);
  }

  #ask(request: (id: number) => DoorRequest): Promise<RemoteVerdict | boolean | null> {
    if (this.#asked.size >= ASKED_MAX) {
      this.#counters.refused++;
      return Promise.resolve(null);
    }
    const id = this.#ids++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#counters.unanswered++;
        settle(null);
      }, this.#waitMs);
      const settle: Asked["settle"] = (answer) => {
        clearTimeout(timer);
        this.#asked.delete(id);
        resolve(answer);
      };
      this.#asked.set(id, { settle });
      this.#post(request(id));
    });
  }

  #lease(lease: number): Lease {
    return once(() => this.#post({ kind: "release", lease }));
  }
}
