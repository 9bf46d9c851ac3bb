import { createIngest, ingestFrame } from "../engine/ingest.ts";
import { isOwnFrame } from "../engine/own_frame.ts";
import type { ReadDamage } from "../feed/journal_read.ts";
import { readDay } from "../feed/journal_reader.ts";
import { parseFuturesCode } from "../market/futures.ts";
import { type RecordedListing, recordedListing } from "../sim/recorded_facts.ts";
import { engineOptions } from "./ingest.ts";

/** What must be known of a recorded day before it is replayed. */
export interface RecordedDay {
  readonly listing: RecordedListing;
  /** Securities beside the members of VN30 that alerts were raised for. */
  readonly futures: readonly string[];
  readonly extraSymbols: readonly string[];
  /** Records of the day. */
  readonly records: number;
  /** Receive clock, Unix ms; 0 for a day without a record. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** A connection begins with the cache of every channel, 2,000 securities each: that tells the boards. */
const BOARD_MESSAGES_MAX = 20_000;

/**
 * Reads a day once for what REST told of it, which stands all over the journal, and for the boards
 * of its securities. `dir` is the folder of the provider's journal.
 */
export async function readRecordedDay(
  dir: string,
  date: string,
  onDamage: (segment: number, damage: ReadDamage) => void,
): Promise<RecordedDay> {
  const ingest = createIngest(engineOptions({ classifier: "feed", spikeMinVnd: 0 }));
  let records = 0;
  let firstMs = 0;
  let lastMs = 0;
  const reading = {
    onDamage: ({ number }: { number: number }, damage: ReadDamage) => onDamage(number, damage),
  };
  for await (const { receivedMs, frame } of readDay(dir, date, reading)) {
    if (records === 0) firstMs = receivedMs;
    lastMs = receivedMs;
    const isSearched = ingest.counters.messages < BOARD_MESSAGES_MAX;
    if (isSearched || isOwnFrame(frame)) ingestFrame(ingest, frame);
    records++;
  }
  const { watch, vn30 } = ingest.engine.reference;
  const others = [...watch].filter((symbol) => !vn30.has(symbol));
  const isFuture = (symbol: string) => parseFuturesCode(symbol) !== null;
  return {
    listing: recordedListing(date, ingest.engine),
    futures: others.filter(isFuture),
    extraSymbols: others.filter((symbol) => !isFuture(symbol)),
    ...{ records, firstMs, lastMs },
  };
}
