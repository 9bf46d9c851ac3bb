import { signal } from "@preact/signals";
import type { Alert } from "../../core/wire/alert.ts";
import type { AlertPage } from "../../core/wire/alert_page.ts";
import type { ClientShell } from "../../core/wire/client_shell.ts";
import { type AlertFilter, ALERTS_KEPT, dateOf, filterQuery, mergeAlerts } from "./alert_feed.ts";

/** Alerts of one question, and the longest wait for its answer. */
export const PAGE_ALERTS = 50;
const ANSWER_MS_MAX = 10_000;

interface AlertPagesOptions {
  readonly fetch: ClientShell["fetch"];
  /** Opens REST where the server wants a token; "" without one. */
  readonly ticket: string;
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
    const { fetch, ticket } = this.#options;
    this.#again = () => this.load(filter, from);
    this.#asking?.abort();
    const asking = this.#asking = new AbortController();
    const query = filterQuery(filter);
    query.set("limit", String(PAGE_ALERTS));
    if (from === "newest") this.cursor.value = null;
    else if (this.cursor.value !== null) query.set("cursor", this.cursor.value);
    this.state.value = "loading";
    const headers: HeadersInit = ticket === "" ? {} : { authorization: `Bearer ${ticket}` };
    const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(ANSWER_MS_MAX)]);
    let body: AlertPage | null = null;
    try {
      const response = await fetch(`/api/market/alerts?${query}`, { headers, signal });
      if (response.ok) body = await response.json() as AlertPage;
      else await response.body?.cancel();
    } catch {
      // The state says so, and the page offers to try again.
    }
    if (this.#asking !== asking) return;
    this.state.value = body === null ? "failed" : "ready";
    if (body === null) return;
    this.alerts.value = mergeAlerts(this.alerts.value, body.alerts);
    this.cursor.value = body.next_cursor;
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
