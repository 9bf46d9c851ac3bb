import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ServerFrame } from "../../core/wire/frames.ts";
import {
  type Moment,
  momentText,
  parseMoment,
  type RecordedDay,
  type TravelRefusal,
} from "../../core/wire/moment.ts";
import { momentChannels } from "../live/moment_channels.ts";
import type { LiveLink } from "../live/link.ts";
import type { PageClient } from "../live/page_client.ts";
import type { askServer } from "./ask_server.ts";
import { minuteAfter, minuteNumber, minuteText } from "./minutes.ts";

const PLAY_MS = 1_000;
/** A live day grows by a minute a minute. */
const LOOK_UP_MS = 20_000;

/** How the newest question fares: it was answered, is under way, refused with a reason, or got no answer. */
export type TravelState = "ready" | "loading" | "lost" | TravelRefusal;

interface Days {
  readonly days: readonly RecordedDay[];
}

interface Frames {
  readonly frames: readonly ServerFrame[];
}

/**
 * Brings the page to earlier minutes: asks for what it follows, one question at a time, of which the
 * newest wish is the next, however fast the reader drags.
 */
export class TimeMachine {
  readonly #ask: typeof askServer;
  readonly #link: LiveLink;
  readonly #client: PageClient;
  readonly #days = signal<readonly RecordedDay[] | null>(null);
  readonly #state = signal<TravelState>("ready");
  readonly #wish: Signal<Moment | null>;
  readonly #isPlaying = signal(false);
  readonly #hasShown: Signal<boolean>;
  #isAsking = false;
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `ask` asks the server. */
  constructor(link: LiveLink, client: PageClient, ask: typeof askServer) {
    this.#ask = ask;
    this.#link = link;
    this.#client = client;
    this.#wish = signal(link.at === null ? null : parseMoment(link.at));
    this.#hasShown = signal(link.at !== null);
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

  /** Whether a minute was shown: the server holds its day then, and the next ones come soon. */
  get hasShown(): ReadonlySignal<boolean> {
    return this.#hasShown;
  }

  /** Asks which days are recorded and how far today is, and again as today goes on; gives the end. */
  lookUp(): () => void {
    const asking = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const { ticket } = this.#link;
      const answer = await this.#ask<Days>("/api/at/days", { ticket, signal: asking.signal });
      if (asking.signal.aborted) return;
      if (answer.ok) this.#days.value = answer.body.days;
      else if (this.#days.value === null) this.#state.value = answer.why;
      timer = setTimeout(look, LOOK_UP_MS);
    };
    void look();
    return () => {
      asking.abort();
      clearTimeout(timer);
    };
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
    this.#asking.abort();
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
    const { signal } = this.#asking = new AbortController();
    this.#state.value = "loading";
    const { channels } = this.#client;
    const answer = await this.#ask<Frames>(
      `/api/at/${date}/${minute}/channels?c=${channels.join()}`,
      { ticket: this.#link.ticket, signal },
    );
    if (signal.aborted) return;
    this.#state.value = answer.ok ? "ready" : answer.why;
    if (!answer.ok) return;
    this.#hasShown.value = true;
    const at = momentText({ date, minute });
    const { frames } = answer.body;
    const status = frames.findLast((frame) => frame.k === "st");
    this.#client.travel(at, {
      channels: momentChannels(channels, frames),
      feed: status?.feed ?? null,
    });
    showInAddress(at);
  }

  #next(): void {
    const shown = this.#wish.value;
    const day = this.#days.value?.find(({ date }) => date === shown?.date);
    const isAtEnd = shown === null || day === undefined || shown.minute >= day.last_minute;
    if (isAtEnd || this.#state.value !== "ready") return this.stop();
    this.go({ date: day.date, minute: minuteText(minuteAfter(minuteNumber(shown.minute))) });
  }
}

/** A reload, and a copy of the address, show the same minute. */
function showInAddress(at: string | null): void {
  const url = new URL(location.href);
  if (at === null) url.searchParams.delete("at");
  else url.searchParams.set("at", at);
  history.replaceState(history.state, "", url.href.replaceAll("%3A", ":"));
}
