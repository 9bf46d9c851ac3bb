import type { ClientCounters } from "./client_options.ts";
import { batchesOf } from "./client_batch.ts";
import type { HeldChannel } from "./client_channel.ts";
import type { ClientShell } from "./client_shell.ts";
import type { ServerFrame } from "./frames.ts";

/** Longest wait for an answer. */
const ANSWER_MS_MAX = 10_000;
/** Ms between two polls while there is no socket, and where the reader wants none. */
const POLL_MS = 5_000;
const QUIET_POLL_MS = 60_000;

interface PollerOptions {
  readonly shell: ClientShell;
  /** Address of the frames of several channels. */
  readonly url: string;
  readonly token: () => string | undefined;
  readonly pollMs?: number;
  readonly quietPollMs?: number;
  readonly isQuiet: () => boolean;
  readonly channels: () => readonly HeldChannel[];
  readonly counters: ClientCounters;
  readonly onFrames: (frames: readonly ServerFrame[]) => void;
}

/** Asks by REST for what is missing since the positions that the client has. */
export class Poller {
  readonly #options: PollerOptions;
  #cancel = () => {};
  #cancelAnswer = () => {};
  #asking: AbortController | null = null;
  #isOn = false;
  /** Whether the last question was answered. */
  isAnswered = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    void this.#ask();
  }

  stop(): void {
    this.#isOn = this.isAnswered = false;
    this.#cancel();
    this.#cancelAnswer();
    this.#asking?.abort();
  }

  async #ask(): Promise<void> {
    const { shell, counters, onFrames, isQuiet } = this.#options;
    const { pollMs = POLL_MS, quietPollMs = QUIET_POLL_MS } = this.#options;
    const asking = this.#asking = new AbortController();
    this.#cancelAnswer = shell.later(() => asking.abort(), ANSWER_MS_MAX);
    counters.polls++;
    let frames: readonly ServerFrame[] | null;
    try {
      frames = await this.#frames(asking.signal);
    } catch {
      // The state says that nothing comes; the counter how often.
      frames = null;
    }
    if (this.#asking === asking) this.#cancelAnswer();
    if (!this.#isOn || this.#asking !== asking) return;
    this.isAnswered = frames !== null;
    if (frames === null) counters.failedPolls++;
    else onFrames(frames);
    if (this.#isOn) {
      this.#cancel = shell.later(() => void this.#ask(), isQuiet() ? quietPollMs : pollMs);
    }
  }

  async #frames(signal: AbortSignal): Promise<readonly ServerFrame[] | null> {
    const { shell, url, token, channels } = this.#options;
    const frames: ServerFrame[] = [];
    for (const batch of batchesOf(channels())) {
      const query = new URLSearchParams({ c: batch.channels.map(({ name }) => name).join() });
      const from = Object.entries(batch.from).map(([name, { e, s }]) => `${name}@${e}/${s}`);
      if (from.length > 0) query.set("from", from.join());
      if (batch.syms !== null) query.set("syms", batch.syms.join());
      const headers: Record<string, string> = { accept: "application/json" };
      if (token()) headers.authorization = `Bearer ${token()}`;
      const response = await shell.fetch(`${url}?${query}`, { headers, signal });
      if (!response.ok) {
        await response.body?.cancel();
        return null;
      }
      frames.push(...((await response.json()) as { frames: ServerFrame[] }).frames);
    }
    return frames;
  }
}
