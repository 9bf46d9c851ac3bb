import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ServerFrame } from "../../core/wire/frames.ts";
import {
  type Moment,
  momentText,
  parseMoment,
  type RecordedDay,
  type TravelRefusal,
} from "../../core/wire/moment.ts";
import type { Problem } from "../../core/wire/problem.ts";
import type { LiveLink } from "../live/link.ts";
import type { PageClient } from "../live/page_client.ts";
import { minuteAfter, minuteNumber, minuteText } from "./minutes.ts";

/** Longest wait for an answer; the first of a busy day is replayed from its beginning. */
const ANSWER_MS_MAX = 150_000;
const PLAY_MS = 1_000;

/** How the newest question fares: it was answered, is under way, refused with a reason, or got no answer. */
export type TravelState = "ready" | "loading" | "lost" | TravelRefusal;

/**
 * Brings the page to earlier minutes: asks for what it follows, one question at a time, of which the
 * newest wish is the next, however fast the reader drags.
 */
export class TimeMachine {
  readonly #link: LiveLink;
  readonly #client: PageClient;
  readonly #days = signal<readonly RecordedDay[] | null>(null);
  readonly #state = signal<TravelState>("ready");
  readonly #wish: Signal<Moment | null>;
  readonly #isPlaying = signal(false);
  #isAsking = false;
  #asking: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: LiveLink, client: PageClient) {
    this.#link = link;
    this.#client = client;
    this.#wish = signal(link.at === null ? null : parseMoment(link.at));
  }

  /** Recorded days, oldest first; null until they are known. */
  get days(): ReadonlySignal<readonly RecordedDay[] | null> {
    return this.#days;
  }
  get state(): ReadonlySignal<TravelState> {
    return this.#state;
  }
  /** What the reader asked for last, shown or not yet; null for now. */
  get wish(): ReadonlySignal<Moment | null> {
    return this.#wish;
  }
  get isPlaying(): ReadonlySignal<boolean> {
    return this.#isPlaying;
  }

  /** Asks which days are recorded, and how far today is. */
  async lookUp(): Promise<void> {
    const body = await this.#ask("/api/at/days") as { days: readonly RecordedDay[] } | null;
    if (body !== null) this.#days.value = body.days;
  }

  /** Shows a minute. */
  go(moment: Moment): void {
    this.#wish.value = moment;
    void this.#serve();
  }

  /** Goes on from minute to minute until the day's last. */
  play(): void {
    this.#isPlaying.value = true;
    this.#next();
  }

  stop(): void {
    this.#isPlaying.value = false;
    clearTimeout(this.#timer);
  }

  /** Shows now again. */
  goLive(): void {
    this.end();
    this.#wish.value = null;
    this.#state.value = "ready";
    this.#client.goLive();
    showInAddress(null);
  }

  /** Ends what is under way. */
  end(): void {
    this.stop();
    this.#asking?.abort();
    this.#asking = null;
  }

  async #serve(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (let shown: Moment | null = null; this.#wish.value !== shown;) {
      shown = this.#wish.value;
      if (shown !== null) await this.#show(shown);
    }
    this.#isAsking = false;
    if (this.#isPlaying.value) this.#timer = setTimeout(() => this.#next(), PLAY_MS);
  }

  async #show({ date, minute }: Moment): Promise<void> {
    const channels = this.#client.channels.join();
    const body = await this.#ask(`/api/at/${date}/${minute}/channels?c=${channels}`);
    if (body === null || this.#wish.value === null) return;
    const at = momentText({ date, minute });
    this.#client.travel(at, (body as { frames: readonly ServerFrame[] }).frames);
    showInAddress(at);
  }

  #next(): void {
    const shown = this.#wish.value;
    const day = this.#days.value?.find(({ date }) => date === shown?.date);
    const isAtEnd = shown === null || day === undefined || shown.minute >= day.last_minute;
    if (isAtEnd || this.#state.value !== "ready") return this.stop();
    this.go({ date: day.date, minute: minuteText(minuteAfter(minuteNumber(shown.minute))) });
  }

  /** The body of an answer; null for a refusal or none, which the state tells. */
  async #ask(address: string): Promise<unknown> {
    const asking = this.#asking = new AbortController();
    const timer = setTimeout(() => asking.abort(), ANSWER_MS_MAX);
    this.#state.value = "loading";
    try {
      const { ticket } = this.#link;
      const headers: HeadersInit = ticket === "" ? {} : { authorization: `Bearer ${ticket}` };
      const response = await fetch(address, { headers, signal: asking.signal });
      const body = await response.json();
      if (this.#asking !== asking) return null;
      this.#state.value = response.ok ? "ready" : (body as Problem).reason ?? "lost";
      return response.ok ? body : null;
    } catch {
      if (this.#asking === asking) this.#state.value = "lost";
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A reload, and a copy of the address, show the same minute. */
function showInAddress(at: string | null): void {
  const url = new URL(location.href);
  if (at === null) url.searchParams.delete("at");
  else url.searchParams.set("at", at);
  history.replaceState(history.state, "", url.href.replaceAll("%3A", ":"));
}
