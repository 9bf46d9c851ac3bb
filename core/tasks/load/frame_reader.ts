import type { ServerFrame } from "../../wire/frames.ts";

/** Texts kept at once: some ticks of some groups of clients; and their characters, 64 MB at most. */
const TEXTS_MAX = 256;
const CHARS_MAX = 32 * 1_024 * 1_024;

/** Parses each message once, however many clients are sent it; equal texts give the same objects. */
export class FrameReader {
  readonly #frames = new Map<string, readonly ServerFrame[]>();
  #chars = 0;

  read(text: string): readonly ServerFrame[] {
    const held = this.#frames.get(text);
    if (held !== undefined) return held;
    const read = JSON.parse(text);
    const frames: readonly ServerFrame[] = Array.isArray(read) ? read : [read];
    this.#frames.set(text, frames);
    this.#chars += text.length;
    while (this.#frames.size > TEXTS_MAX || this.#chars > CHARS_MAX) {
      const oldest = this.#frames.keys().next().value!;
      this.#frames.delete(oldest);
      this.#chars -= oldest.length;
    }
    return frames;
  }
}
