import { isRecorded } from "../../feed/journal_files.ts";
import type { Travel, Travelled } from "../../gateway/travel.ts";
import { LAG_MS_MAX } from "../../hub/limits.ts";
import { Hub } from "../../hub/hub.ts";
import { connectingStatus } from "../../hub/replica.ts";
import type { Logger } from "../../log.ts";
import { formatVnTime, vnSecondOfDay } from "../../market/time.ts";
import type { BusMessage } from "../../port/bus.ts";
import { instantOf, type Moment, type TravelRefusal } from "../../wire/moment.ts";
import type { MarketView } from "../../wire/snapshot.ts";
import { KeyframeRounds } from "./keyframe_rounds.ts";
import { type TravelAnswer, TravelClient } from "./travel_client.ts";
import type { TravelSettings } from "./travel_messages.ts";

/** Moments kept in the main process, about 10 MB each: the one that is shown and the one before. */
const HUBS_MAX = 2;

/** What the cache at the start of a recording needs at most to come whole. */
const SETTLE_MS = 5_000;

type FoundHub = Travelled<{ readonly hub: Hub }>;

/** The way to earlier minutes of the days in a journal. */
export class RecordedTravel implements Travel {
  readonly #client: TravelClient;
  readonly #rounds: KeyframeRounds;
  readonly #settings: TravelSettings;
  readonly #live: () => MarketView;
  readonly #hubs = new Map<string, Hub>();
  /** Moments on their way: who asks for the same one meanwhile waits for the same answer. */
  readonly #coming = new Map<string, Promise<FoundHub>>();

  /** `live` is the market now: no minute behind its newest exchange time is over. */
  constructor(settings: TravelSettings, live: () => MarketView, log: Logger) {
    this.#settings = settings;
    this.#live = live;
    this.#client = new TravelClient(settings, log);
    this.#rounds = new KeyframeRounds(this.#client, log);
  }

  async days(): ReturnType<Travel["days"]> {
    const { asOfMs, status: { tradingDate } } = this.#live();
    if (tradingDate === null || asOfMs === null) return refuse("starting");
    const reply = await this.#client.ask({ kind: "days" });
    if (reply.kind !== "days") return refuse(refusalOf(reply));
    const days = reply.days.map(({ date, firstMs, lastMs }) => ({
      date,
      first_minute: minuteFrom(firstMs),
      last_minute: minuteOf(date === tradingDate ? asOfMs : lastMs),
    }));
    // A day that has not lasted to its first whole minute has none to show yet.
    return { ok: true, days: days.filter((day) => day.first_minute <= day.last_minute) };
  }

  async hubAt(moment: Moment): Promise<FoundHub> {
    const { asOfMs, status: { tradingDate } } = this.#live();
    if (tradingDate === null || asOfMs === null) return refuse("starting");
    const atMs = instantOf(moment);
    if (moment.date === tradingDate && atMs > asOfMs) return refuse("future");
    const key = `${moment.date}-${moment.minute.replace(":", "")}`;
    const held = this.#hubs.get(key);
    if (held !== undefined) {
      // What was removed of the journal must not be shown for as long as somebody looks at it.
      if (!isRecorded(this.#settings.dir, moment.date)) {
        this.#hubs.delete(key);
        return refuse("no-day");
      }
      this.#keep(key, held);
      return { ok: true, hub: held };
    }
    const coming = this.#coming.get(key) ??
      this.#fetch(moment.date, atMs, key).finally(() => this.#coming.delete(key));
    this.#coming.set(key, coming);
    return await coming;
  }

  figures(): Readonly<Record<string, number>> {
    return this.#rounds.figures();
  }

  /** From now on keyframes are left beside the journal, so that a first question need not wait. */
  start(): void {
    this.#rounds.start();
  }

  /** The market began anew: what was recorded of the one before is gone. */
  forget(): void {
    this.#hubs.clear();
    this.#client.forget();
  }

  /** Ends the worker. */
  stop(): void {
    this.#rounds.stop();
    this.#client.stop();
  }

  async #fetch(date: string, atMs: number, key: string): Promise<FoundHub> {
    const reply = await this.#client.ask({ kind: "moment", date, atMs, epoch: `at-${key}` });
    if (reply.kind !== "moment") return refuse(refusalOf(reply));
    const hub = new Hub({
      status: connectingStatus(this.#settings.moment.provider, atMs),
      throttleMs: 0,
      lagMsMax: LAG_MS_MAX,
      isValidToken: () => false,
    });
    hub.apply(JSON.parse(reply.snapshot) as BusMessage, atMs);
    this.#keep(key, hub);
    return { ok: true, hub };
  }

  #keep(key: string, hub: Hub): void {
    this.#hubs.delete(key);
    this.#hubs.set(key, hub);
    const [oldest] = this.#hubs.keys();
    if (this.#hubs.size > HUBS_MAX) this.#hubs.delete(oldest!);
  }
}

function refuse(refusal: TravelRefusal): { readonly ok: false; readonly refusal: TravelRefusal } {
  return { ok: false, refusal };
}

function refusalOf({ kind }: TravelAnswer): TravelRefusal {
  return kind === "busy" || kind === "no-day" ? kind : "failed";
}

/** The minute that an instant is in. */
function minuteOf(instantMs: number): string {
  return formatVnTime(vnSecondOfDay(instantMs)).slice(0, 5);
}

/** The first minute that begins after an instant, when all of a cache has come. */
function minuteFrom(instantMs: number): string {
  return minuteOf(instantMs + SETTLE_MS + 59_999);
}
