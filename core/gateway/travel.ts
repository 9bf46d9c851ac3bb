import type { Hub } from "../hub/hub.ts";
import { AT_PARAMETER, type Moment, type RecordedDay, type TravelRefusal } from "../wire/moment.ts";
import type { ProblemFacts } from "../wire/problem.ts";

export type Travelled<Found> =
  | ({ readonly ok: true } & Found)
  | { readonly ok: false; readonly refusal: TravelRefusal };

/** The way to earlier minutes of recorded days. */
export interface Travel {
  /** Recorded days, oldest first. */
  days(): Promise<Travelled<{ readonly days: readonly RecordedDay[] }>>;
  /** A hub that holds the market as it was; nobody may apply anything to it. */
  hubAt(moment: Moment): Promise<Travelled<{ readonly hub: Hub }>>;
  /** Its figures; names of counters end in `_total`. */
  figures(): Readonly<Record<string, number>>;
}

/** Where nothing is recorded: a node that has no feed of its own. */
export const NO_TRAVEL: Travel = {
  days: () => Promise.resolve({ ok: false, refusal: "off" }),
  hubAt: () => Promise.resolve({ ok: false, refusal: "off" }),
  figures: () => ({}),
};

/** What a program is told of a refusal. */
export function refusalFacts(refusal: TravelRefusal): ProblemFacts {
  return { ...REFUSALS[refusal], reason: refusal };
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
    parameter: AT_PARAMETER,
  },
  future: {
    status: 404,
    code: "NOT_FOUND",
    detail: "this minute has not come yet",
    parameter: AT_PARAMETER,
  },
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
