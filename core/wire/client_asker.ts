import type { ChannelName } from "./channel.ts";
import { batchesOf, CHANNELS_AT_ONCE } from "./client_batch.ts";
import type { HeldChannel } from "./client_channel.ts";
import type { ClientShell } from "./client_shell.ts";

/** A server takes five operations a second and ten at once; what is left is for pings. */
const OPERATION_GAP_MS = 250;
/** So much earlier than its turn an operation may go out. */
const AHEAD_MS = 1_000;

/** Wait before a channel that the server did not have is asked for again; it doubles each time. */
const REFUSED_MS_MIN = 5_000;
const REFUSED_MS_MAX = 60_000;

interface AskerOptions {
  readonly shell: ClientShell;
  readonly rate: number | undefined;
  readonly channels: ReadonlyMap<ChannelName, HeldChannel>;
  readonly send: (op: string, fields: object) => void;
}

/** Tells the server what is wanted: many channels in one operation, and no more than it takes. */
export class Asker {
  readonly #options: AskerOptions;
  /** Channels asked for and not yet answered. */
  readonly #asked = new Set<ChannelName>();
  /** Channels that the server is to hear of; those that nobody holds any more are given up. */
  readonly #due = new Set<ChannelName>();
  /** Channels that the server did not have: a security has none before its first word. */
  readonly #refused = new Set<ChannelName>();
  #refusedMs = REFUSED_MS_MIN;
  #cancelRefused: (() => void) | null = null;
  #cancel: (() => void) | null = null;
  #isOpen = false;
  #freeAtMs = -Infinity;

  constructor(options: AskerOptions) {
    this.#options = options;
  }

  /** The server listens: everything is asked for. */
  open(): void {
    this.close();
    this.#isOpen = true;
    this.#freeAtMs = -Infinity;
    for (const name of this.#options.channels.keys()) this.#due.add(name);
    this.#flush();
  }

  /** The way is gone, and with it what was asked. */
  close(): void {
    this.#isOpen = false;
    this.#cancel?.();
    this.#cancel = null;
    this.#asked.clear();
    this.#due.clear();
    this.#cancelRefused?.();
    this.#cancelRefused = null;
    this.#refused.clear();
    this.#refusedMs = REFUSED_MS_MIN;
  }

  /** Something of a channel is missing; false when it has been asked for already. */
  ask(name: ChannelName): boolean {
    if (this.#asked.has(name) || this.#due.has(name)) return false;
    this.change(name);
    return true;
  }

  /** A channel is wanted in another way than it was asked for, or not at all any more. */
  change(name: ChannelName): void {
    if (!this.#isOpen) return;
    this.#due.add(name);
    this.#plan();
  }

  answered(name: ChannelName): void {
    this.#asked.delete(name);
  }

  allAnswered(): void {
    this.#asked.clear();
  }

  /** The server does not have these channels; they may come to be, so they are asked for again. */
  refused(names: readonly string[]): void {
    for (const name of names as readonly ChannelName[]) this.#refused.add(name);
    if (this.#refused.size === 0 || !this.#isOpen) return;
    this.#cancelRefused ??= this.#options.shell.later(() => {
      this.#cancelRefused = null;
      this.#refusedMs = Math.min(2 * this.#refusedMs, REFUSED_MS_MAX);
      const wanted = [...this.#refused].filter((name) => this.#options.channels.has(name));
      this.#refused.clear();
      for (const name of wanted) this.change(name);
    }, this.#refusedMs);
  }

  /** Later, because who subscribes to one channel often subscribes to the next at once. */
  #plan(): void {
    const { later, nowMs } = this.#options.shell;
    const waitMs = Math.max(0, this.#freeAtMs - AHEAD_MS - nowMs());
    this.#cancel ??= later(() => this.#flush(), waitMs);
  }

  #flush(): void {
    this.#cancel = null;
    const { shell, rate, channels, send } = this.#options;
    const names = [...this.#due];
    this.#due.clear();
    const gone = names.filter((name) => !channels.has(name));
    const batches = batchesOf(names.flatMap((name) => channels.get(name) ?? []));
    for (let at = 0; at < gone.length; at += CHANNELS_AT_ONCE) {
      send("unsub", { c: gone.slice(at, at + CHANNELS_AT_ONCE) });
    }
    for (const { channels: held, syms, from } of batches) {
      const c = held.map(({ name }) => name);
      for (const name of c) this.#asked.add(name);
      send("sub", { c, from, rate, syms: syms ?? undefined });
    }
    const count = batches.length + Math.ceil(gone.length / CHANNELS_AT_ONCE);
    this.#freeAtMs = Math.max(this.#freeAtMs, shell.nowMs()) + count * OPERATION_GAP_MS;
  }
}
