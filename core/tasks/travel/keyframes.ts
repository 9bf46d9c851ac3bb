import type { Keyframe } from "./keyframe.ts";

/** Memory of all keyframes of a day; when there is no room, each second one goes. */
const BYTES_MAX = 128 * 1_024 * 1_024;

/** States of one day to go back to: bounded in memory, so that a busy day has them further apart. */
export class Keyframes {
  /** In the order of their places. */
  #frames: Keyframe[] = [];
  #bytes = 0;
  #spacing: number;

  /** `spacing` is the length of the journal's texts between two states at first. */
  constructor(spacing: number) {
    this.#spacing = spacing;
  }

  /** The first place from `chars` on that is far enough from all keyframes for another one. */
  dueFrom(chars: number): number {
    let due = Math.max(chars, this.#spacing);
    for (const frame of this.#frames) {
      if (frame.chars >= due + this.#spacing) break;
      due = Math.max(due, frame.chars + this.#spacing);
    }
    return due;
  }

  add(keyframe: Keyframe): void {
    const before = this.#frames.findLastIndex(({ chars }) => chars < keyframe.chars);
    this.#frames.splice(before + 1, 0, keyframe);
    this.#bytes += keyframe.bytes.length;
    if (this.#bytes > BYTES_MAX) this.#thin();
  }

  /** The newest state that is not behind an instant of exchange time; null when there is none. */
  newest(atMs: number): Keyframe | null {
    return this.#frames.findLast(({ asOfMs }) => asOfMs <= atMs) ?? null;
  }

  #thin(): void {
    this.#frames = this.#frames.filter((_, i) => i % 2 === 1);
    this.#bytes = this.#frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#spacing *= 2;
  }
}
