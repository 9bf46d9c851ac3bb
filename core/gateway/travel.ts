import type { Hub } from "../hub/hub.ts";
import { isDate, parseVnTime, vnInstantMs } from "../market/time.ts";
import type { ProblemFacts } from "../wire/problem.ts";

/** A minute of a trading day, exchange time: what is meant is its first second. */
export interface Moment {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:mm`. */
  readonly minute: string;
}

/** A day that can be travelled to, with its first and last minute. */
export interface RecordedDay {
  readonly date: string;
  /** `HH:mm`: the market was whole before its end, but not at its first second. */
  readonly first_minute: string;
  readonly last_minute: string;
}

/** Why an earlier minute cannot be shown. */
export type TravelRefusal = "off" | "starting" | "no-day" | "future" | "busy" | "failed";

export type Travelled<Found> =
  | ({ readonly ok: true } & Found)
  | { readonly ok: false; readonly refusal: TravelRefusal };

/** The way to earlier minutes of recorded days. */
export interface Travel {
  /** Recorded days, oldest first. */
  days(): Promise<Travelled<{ readonly days: readonly RecordedDay[] }>>;
  /** A hub that holds the market as it was; nobody may apply anything to it. */
  hubAt(moment: Moment): Promise<Travelled<{ readonly hub: Hub }>>;
}

/** Query parameter that names a moment, on pages and in the API. */
export const AT_PARAMETER = "at";

/** What such a parameter wants. */
export const MOMENT_FORM = "a minute of a recorded day, such as 2026-11-20T10:42";

/** Reads `2026-11-20T10:42`; null for anything else. */
export function parseMoment(text: string): Moment | null {
  const [date = "", minute = "", ...rest] = text.split("T");
  const isMinute = /^\d{2}:\d{2}$/.test(minute) && parseVnTime(`${minute}:00`) !== null;
  return rest.length === 0 && isDate(date) && isMinute ? { date, minute } : null;
}

/** The instant of a moment, Unix ms. */
export function instantOf({ date, minute }: Moment): number {
  return vnInstantMs(date, parseVnTime(`${minute}:00`)!);
}

/** Where nothing is recorded: a node that has no feed of its own. */
export const NO_TRAVEL: Travel = {
  days: () => Promise.resolve({ ok: false, refusal: "off" }),
  hubAt: () => Promise.resolve({ ok: false, refusal: "off" }),
};

/** What a program is told of a refusal. */
export function refusalFacts(refusal: TravelRefusal): ProblemFacts {
  return REFUSALS[refusal];
}

const REFUSALS: Readonly<Record<TravelRefusal, ProblemFacts>> = {
  off: {
    status: 503,
    code: "UNAVAILABLE",
    detail: "this node records nothing: ask the one that has the feed",
  },
  starting: { status: 503, code: "NOT_READY", detail: "no data from the engine yet" },
  "no-day": {
    status: 404,
    code: "NOT_FOUND",
    detail: "nothing is recorded of this day; /api/at/days lists the days that are",
  },
  future: { status: 404, code: "NOT_FOUND", detail: "this minute has not come yet" },
  busy: {
    status: 503,
    code: "UNAVAILABLE",
    detail: "too many earlier minutes are being looked for",
  },
  failed: {
    status: 503,
    code: "UNAVAILABLE",
    detail: "the recording could not be replayed to this minute; the log says why",
  },
};
