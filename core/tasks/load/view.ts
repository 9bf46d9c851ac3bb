import type { DeltaFrame, SnapshotFrame } from "../../wire/frames.ts";
import { EMPTY, follow, type ViewState } from "./view_state.ts";

/** Positions of which the digest is remembered; at ten changes a second some seconds. */
const REMEMBERED_MAX = 64;

/** What one client holds of a channel of state, with a digest of every cell. */
export class LoadView {
  #state = EMPTY;
  /** A snapshot whose last part has not come. */
  #part = EMPTY;
  readonly #digests = new Map<string, string>();

  get isWhole(): boolean {
    return this.#state.s >= 0;
  }

  /** Where to go on from after a reconnect. */
  get position(): { readonly e: string; readonly s: number } {
    const { e, s } = this.#state;
    return { e, s };
  }

  /** Two views with the same digest show the same. */
  get digest(): string {
    const { low, high } = this.#state;
    return `${low >>> 0}.${high >>> 0}`;
  }

  /** Digests by epoch and seq of the newest positions. */
  get digests(): ReadonlyMap<string, string> {
    return this.#digests;
  }

  /** Takes a snapshot or a part of one. */
  snapshot(frame: SnapshotFrame): void {
    this.#part = follow((frame.i ?? 0) === 0 ? EMPTY : this.#part, frame);
    if (this.#part.s < 0) return;
    this.#digests.clear();
    this.#moveTo(this.#part);
    this.#part = EMPTY;
  }

  /** Takes a delta; `gap` when frames before it are missing, and then nothing changes. */
  delta(frame: DeltaFrame): "applied" | "ignored" | "gap" {
    const { e, s } = this.#state;
    if (frame.e !== e || frame.s <= s) return "ignored";
    if (frame.p > s) return "gap";
    this.#moveTo(follow(this.#state, frame));
    return "applied";
  }

  #moveTo(state: ViewState): void {
    this.#state = state;
    this.#digests.set(`${state.e} ${state.s}`, this.digest);
    if (this.#digests.size <= REMEMBERED_MAX) return;
    this.#digests.delete(this.#digests.keys().next().value!);
  }
}
