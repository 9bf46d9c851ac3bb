import type { ClientShell } from "../../core/wire/client_shell.ts";
import { restHeaders } from "./rest.ts";

/** Longest wait for an answer. */
const ANSWER_MS_MAX = 10_000;

interface RefresherOptions {
  readonly shell: Pick<ClientShell, "fetch" | "later">;
  readonly url: string;
  /** Opens REST where the server wants a token; "" without one. */
  readonly ticket: string;
  /** Ms until the next question; null while nobody looks, until `wake`. */
  readonly waitMs: () => number | null;
  /** The body of an answer; null when there was none or it was a refusal. */
  readonly onAnswer: (body: unknown) => void;
}

/** Asks one address again and again, one question at a time, as long as somebody looks. */
export class Refresher {
  readonly #options: RefresherOptions;
  #cancel = () => {};
  #asking: AbortController | null = null;
  #isEnded = false;

  constructor(options: RefresherOptions) {
    this.#options = options;
    this.#wait();
  }

  /** Asks now, because what is shown may be old: the reader looks again. */
  wake(): void {
    if (this.#isEnded || this.#asking !== null || this.#options.waitMs() === null) return;
    this.#cancel();
    void this.#ask();
  }

  end(): void {
    this.#isEnded = true;
    this.#cancel();
    this.#asking?.abort();
  }

  #wait(): void {
    const waitMs = this.#options.waitMs();
    if (waitMs !== null) {
      this.#cancel = this.#options.shell.later(() => this.wake(), waitMs);
    }
  }

  async #ask(): Promise<void> {
    const { shell, url, ticket, onAnswer } = this.#options;
    const asking = this.#asking = new AbortController();
    const cancel = shell.later(() => asking.abort(), ANSWER_MS_MAX);
    let body: unknown = null;
    try {
      const response = await shell.fetch(url, {
        headers: restHeaders({ ticket }),
        signal: asking.signal,
      });
      if (response.ok) body = await response.json();
      else await response.body?.cancel();
    } catch {
      // The page says that its numbers could not be renewed; the next question follows.
    }
    cancel();
    this.#asking = null;
    if (this.#isEnded) return;
    onAnswer(body);
    this.#wait();
  }
}
