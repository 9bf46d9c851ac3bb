import { isRecorded, listDays } from "../../feed/journal_files.ts";
import type { FeedLog } from "../../feed/log.ts";
import { createLogger } from "../../log.ts";
import { feedLog } from "../feed_log.ts";
import { stateTag } from "../state_tag.ts";
import { DayReplay, KEYFRAME_CHARS } from "./day_replay.ts";
import { spanOf } from "./day_span.ts";
import { keepKeyframes, KEYFRAME_SPACING } from "./keyframe_round.ts";
import { DAY_BYTES_MAX, StoredKeyframes } from "./stored_keyframes.ts";
import type {
  RecordedSpan,
  RoundReply,
  TravelQuestion,
  TravelReply,
  TravelRequest,
  TravelSettings,
} from "./travel_messages.ts";

/** A round rests so much longer than it works: it takes a quarter of one core. */
const RESTS_PER_WORK = 3;

// Entry of the worker that looks at earlier minutes: it reads journals, and writes keyframes beside
// them. It holds one day at a time, and is ended from outside.
let settings: TravelSettings;
let log: FeedLog;
let stored: StoredKeyframes;
/** The question that is being answered; a round waits for it. */
let answering: Promise<void> | null = null;
let replay: DayReplay | null = null;
/** Days that nobody writes any more do not change. */
const spans = new Map<string, RecordedSpan>();

self.onmessage = ({ data }: MessageEvent<TravelRequest>) => {
  if (data.kind === "round") return void round();
  if (data.kind !== "start") {
    answering = answer(data).finally(() => answering = null);
    return;
  }
  settings = data.settings;
  const logger = createLogger({ level: settings.logLevel, nowMs: () => Date.now() });
  log = feedLog(logger.bind({ part: "travel" }));
  // The newest trades in a keyframe are as the hub keeps them.
  const tag = stateTag(settings.engine, ["hub"]);
  stored = new StoredKeyframes({ dir: settings.dir, tag, dayBytesMax: DAY_BYTES_MAX, log });
};

async function round(): Promise<void> {
  const { dir, engine, moment: rows } = settings;
  let problem: string | null = null;
  try {
    await keepKeyframes({
      ...{ dir, engine, settings: rows, log, stored, rest },
      spacing: KEYFRAME_SPACING,
    });
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const reply: RoundReply = { kind: "round", ...stored.takeCounts(), problem };
  self.postMessage(reply);
}

async function rest(busyMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, RESTS_PER_WORK * busyMs));
  while (answering !== null) await answering;
}

async function answer(question: TravelQuestion): Promise<void> {
  try {
    self.postMessage(await (question.kind === "days" ? days() : moment(question)));
  } catch (error) {
    // What the replay has read so far may be of a journal that is no more.
    replay = null;
    const reason = error instanceof Error ? error.message : String(error);
    self.postMessage({ kind: "failed", reason } satisfies TravelReply);
  }
}

async function days(): Promise<TravelReply> {
  const dates = listDays(settings.dir);
  const found: RecordedSpan[] = [];
  for (const date of dates) {
    const known = spans.get(date);
    const span = known ?? await spanOf(settings.dir, date);
    if (span === null) continue;
    const day = { date, firstMs: span.firstMs, lastMs: span.lastMs };
    if (date !== dates.at(-1)) spans.set(date, day);
    found.push(day);
  }
  return { kind: "days", days: found };
}

async function moment(
  { date, atMs, epoch }: TravelQuestion & { kind: "moment" },
): Promise<TravelReply> {
  if (!isRecorded(settings.dir, date)) return { kind: "no-day" };
  if (replay?.date !== date) {
    await replay?.close();
    const { dir, engine, moment: rows } = settings;
    replay = new DayReplay({
      dir,
      date,
      engine,
      settings: rows,
      keyframeChars: KEYFRAME_CHARS,
      stored,
      log,
    });
  }
  const snapshot = await replay.at(atMs, epoch);
  if (snapshot !== null) return { kind: "moment", snapshot: JSON.stringify(snapshot) };
  log("travel_day_gone", { date });
  await replay.close();
  replay = null;
  return { kind: "no-day" };
}
