import { listDays, listSegments } from "../../feed/journal_files.ts";
import type { FeedLog } from "../../feed/log.ts";
import { createLogger } from "../../log.ts";
import { feedLog } from "../feed_log.ts";
import { DayReplay, KEYFRAME_CHARS } from "./day_replay.ts";
import { spanOf } from "./day_span.ts";
import type {
  RecordedSpan,
  TravelQuestion,
  TravelReply,
  TravelRequest,
  TravelSettings,
} from "./travel_messages.ts";

// Entry of the worker that looks at earlier minutes: it reads journals and writes nothing. It holds
// one day at a time, and is ended from outside.
let settings: TravelSettings;
let log: FeedLog;
let replay: DayReplay | null = null;
/** Days that nobody writes any more do not change. */
const spans = new Map<string, RecordedSpan>();

self.onmessage = ({ data }: MessageEvent<TravelRequest>) => {
  if (data.kind !== "start") return void answer(data);
  settings = data.settings;
  const logger = createLogger({ level: settings.logLevel, nowMs: () => Date.now() });
  log = feedLog(logger.bind({ part: "travel" }));
};

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
  if (listSegments(settings.dir, date).length === 0) return { kind: "no-day" };
  if (replay?.date !== date) {
    await replay?.close();
    const { dir, engine, moment: rows } = settings;
    replay = new DayReplay({
      dir,
      date,
      engine,
      settings: rows,
      keyframeChars: KEYFRAME_CHARS,
      log,
    });
  }
  return { kind: "moment", snapshot: JSON.stringify(await replay.at(atMs, epoch)) };
}
