import assert from "node:assert/strict";
import { createIngest, ingestFrame } from "../../../../core/engine/ingest.ts";
import { writeOwnFrame } from "../../../../core/engine/own_frame.ts";
import type { FeedLog } from "../../../../core/feed/log.ts";
import { parseVnTime, vnInstantMs } from "../../../../core/market/time.ts";
import { VN30_SEED } from "../../../../core/market/vn30.ts";
import type { BusMessage } from "../../../../core/port/bus.ts";
import { engineOptions } from "../../../../core/tasks/ingest.ts";
import { DayReplay } from "../../../../core/tasks/travel/day_replay.ts";
import { StoredKeyframes } from "../../../../core/tasks/travel/stored_keyframes.ts";
import type { Cell } from "../../../../core/wire/board.ts";
import type { TableName } from "../../../../core/wire/channel.ts";
import { boardOnly, DATE, frames } from "../../../simulation/market_frames.ts";
import { MIB, openTestJournal } from "../../feed/support/journals.ts";

export const OPTIONS = engineOptions({ classifier: "feed", spikeMinVnd: 0 });
export const CARRY = { ratePct: 4.5, dividendPct: 1.5, costPct: 0.1 };
export const MOMENT = { provider: "sim", extraSymbols: [], carry: CARRY } as const;
export const FROM = "14:05:00";
/** About a dozen of them in a quarter of an hour. */
const KEYFRAME_CHARS = 5 * MIB;

export type Snapshot = Extract<BusMessage, { k: "snapshot" }>;

/** The texts of a part of a day, as the recorder puts them into the journal. */
export function partTexts(until: string): string[] {
  const reference = writeOwnFrame({
    kind: "reference",
    members: { VN30: VN30_SEED },
    shares: {},
    watch: [...VN30_SEED, "41I1GB000"],
  });
  return [
    reference,
    ...frames({ seed: 5, scenario: "quiet", from: FROM, until, wants: boardOnly }),
  ];
}

/** Records texts with the clock of the exchange as that of the receiver. */
export async function record(dir: string, texts: readonly string[]): Promise<void> {
  // Small segments, so that old ones are packed while the day goes on.
  const journal = await openTestJournal(dir, { segmentBytes: 16 * MIB });
  const ingest = createIngest(OPTIONS);
  for (const text of texts) {
    ingestFrame(ingest, text);
    journal.append(DATE, ingest.engine.market.asOfMs ?? instant(FROM), text);
    journal.commit();
  }
  await journal.close();
}

export function instant(time: string): number {
  return vnInstantMs(DATE, parseVnTime(time)!);
}

export const failOnLog: FeedLog = (event) => assert.fail(`logged ${event}`);

export function storedIn(dir: string, options: Partial<{ tag: string; log: FeedLog }> = {}) {
  return new StoredKeyframes({
    ...{ dir, tag: "test 1", dayBytesMax: 64 * MIB, log: failOnLog },
    ...options,
  });
}

export function replayOf(dir: string, stored = storedIn(dir)): DayReplay {
  return new DayReplay({
    ...{ dir, date: DATE, engine: OPTIONS, settings: MOMENT, keyframeChars: KEYFRAME_CHARS },
    ...{ stored, log: failOnLog },
  });
}

export async function at(replay: DayReplay, time: string): Promise<Snapshot> {
  return await replay.at(instant(time), `at-${time}`) as Snapshot;
}

/** Rows of a table by symbol, those without anything in them left out. */
export function rowsOf({ tables }: Snapshot, name: TableName): Record<string, readonly Cell[]> {
  const table = tables.find((one) => one.name === name)!;
  const rows = table.symbols.map((symbol, row) => [symbol, table.rows[row]!] as const);
  return Object.fromEntries(rows.filter(([, cells]) => cells.some((cell) => cell !== null)));
}
