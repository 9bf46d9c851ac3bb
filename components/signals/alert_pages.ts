import { signal } from "@preact/signals";
import type { Alert } from "../../core/wire/alert.ts";
import type { AlertPage } from "../../core/wire/alert_page.ts";
import { type AlertFilter, ALERTS_KEPT, dateOf, filterQuery, mergeAlerts } from "./alert_feed.ts";

/** Alerts of one question, and the longest wait for its answer. */
export const PAGE_ALERTS = 50;
const ANSWER_MS_MAX = 10_000;

interface AlertPagesOptions {
  readonly ask: (path: string, signal: AbortSignal) => Promise<AlertPage | null>;
  /** Where the list of the HTML goes on; null at its end. */
  readonly cursor: string | null;
}

/** The alerts before those that a socket brings, page by page, of one filter at a time. */
export class AlertPages {
  readonly #options: AlertPagesOptions;
  readonly alerts = signal<readonly Alert[]>([]);
  readonly cursor = signal<string | null>(null);
  readonly state = signal<"ready" | "loading" | "failed">("ready");
  #asking: AbortController | null = null;
  #again: () => Promise<void> = () => Promise.resolve();

  constructor(options: AlertPagesOptions) {
    this.#options = options;
    this.cursor.value = options.cursor;
  }

  /** Reads the newest alerts of a filter, or those after the cursor; an older question is dropped. */
  async load(filter: AlertFilter, from: "newest" | "cursor"): Promise<void> {
    this.#again = () => this.load(filter, from);
    this.#asking?.abort();
    const asking = this.#asking = new AbortController();
    const query = filterQuery(filter);
    query.set("limit", String(PAGE_ALERTS));
    if (from === "newest") this.cursor.value = null;
    else if (this.cursor.value !== null) query.set("cursor", this.cursor.value);
    this.state.value = "loading";
    const answer = await this.#answerOf(`/api/market/alerts?${query}`, asking);
    if (this.#asking !== asking) return;
    this.state.value = answer === null ? "failed" : "ready";
    if (answer === null) return;
    this.alerts.value = mergeAlerts(this.alerts.value, answer.alerts);
    this.cursor.value = answer.next_cursor;
  }

  async #answerOf(path: string, asking: AbortController): Promise<AlertPage | null> {
    const timeout = AbortSignal.timeout(ANSWER_MS_MAX);
    try {
      return await this.#options.ask(path, AbortSignal.any([asking.signal, timeout]));
    } catch (error) {
      // A question that is over; one that took too long counts as failed.
      if (asking.signal.aborted || timeout.aborted) return null;
      throw error;
    }
  }

  /** Asks the last question once more. */
  retry(): Promise<void> {
    return this.#again();
  }

  /** Whether there are older alerts of the day shown; those of the day before are gone. */
  hasMore(held: readonly Alert[]): boolean {
    const cursor = this.cursor.value;
    const newest = held[0];
    return cursor !== null && newest !== undefined && held.length < ALERTS_KEPT &&
      dateOf(cursor) === dateOf(newest.id);
  }

  end(): void {
    this.#asking?.abort();
    this.#asking = null;
  }
}
