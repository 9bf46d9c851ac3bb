import type { OwnEvent } from "../market/event.ts";
import { type DecodedFrame, decodeTransport } from "../ssi/decode.ts";
import { type Refusal, REFUSAL_REASONS, type RefusalReason } from "../ssi/decode_value.ts";
import { parseFrame, type TransportFrame } from "../ssi/frame.ts";
import type { Change } from "./change.ts";
import { type EngineCounters, zeroes } from "./counters.ts";
import { readOwnFrame } from "./own_frame.ts";
import { createEngine, type EngineOptions, type EngineState } from "./state.ts";
import { step } from "./step.ts";

const FRAME_KINDS: readonly TransportFrame["kind"][] = [
  "keep-alive",
  "init",
  "ack",
  "hub-error",
  "messages",
  "other",
  "refused",
];

/** The way from raw frames to state: live, recovery and replay all use this one. */
export interface Ingest {
  readonly engine: EngineState;
  readonly counters: IngestCounters;
  /** The newest refusal, for the log; its counter says how many there were. */
  lastRefusal: Refusal | null;
}

/** Counts since the ingest was made. */
export interface IngestCounters {
  /** Each frame is of exactly one kind. */
  readonly frames: Record<TransportFrame["kind"], number>;
  /** Market messages found in the frames; each is decoded or refused. */
  messages: number;
  decoded: number;
  /** By reason: refused messages, and frames and callbacks that hold none. */
  readonly refused: Record<RefusalReason, number>;
}

/** All counts of an ingest at one moment. */
export interface Counters extends EngineCounters, IngestCounters {
  /** Trade messages that became a counted trade. */
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
}

/** An ingest with an empty engine. */
export function createIngest(options: EngineOptions): Ingest {
  return {
    engine: createEngine(options),
    counters: {
      frames: zeroes(FRAME_KINDS),
      messages: 0,
      decoded: 0,
      refused: zeroes(REFUSAL_REASONS),
    },
    lastRefusal: null,
  };
}

/** One text of the journal, read and not taken yet. */
export type Reading =
  | { readonly own: OwnEvent }
  | { readonly own: null; readonly decoded: DecodedFrame };

/**
 * Takes one text of the journal: a raw frame is decoded, counted and stepped, an event of our own is
 * stepped; never throws on bad input.
 */
export function ingestFrame(ingest: Ingest, text: string): readonly Change[] {
  return takeReading(ingest, readFrame(text));
}

/** As `ingestFrame`, for a frame that the connection has parsed already. */
export function ingestTransport(ingest: Ingest, frame: TransportFrame): readonly Change[] {
  return takeDecoded(ingest, decodeTransport(frame));
}

/** The first half of `ingestFrame`, which changes nothing. */
export function readFrame(text: string): Reading {
  const own = readOwnFrame(text);
  return own === null ? { own, decoded: decodeTransport(parseFrame(text)) } : { own };
}

/** The second half of `ingestFrame`. */
export function takeReading(ingest: Ingest, reading: Reading): readonly Change[] {
  return reading.own === null
    ? takeDecoded(ingest, reading.decoded)
    : step(ingest.engine, reading.own);
}

function takeDecoded(ingest: Ingest, decoded: DecodedFrame): readonly Change[] {
  const { counters, engine } = ingest;
  counters.frames[decoded.kind]++;
  counters.messages += decoded.messages;
  counters.decoded += decoded.decoded;
  for (const refusal of decoded.refusals) {
    counters.refused[refusal.reason]++;
    ingest.lastRefusal = refusal;
  }
  const changes: Change[] = [];
  for (const event of decoded.events) {
    for (const change of step(engine, event)) changes.push(change);
  }
  return changes;
}

/** The counts so far, with the sums that the laws of the tape speak of. */
export function counters(ingest: Ingest): Counters {
  const { trades } = ingest.engine.counters;
  return {
    ...ingest.engine.counters,
    ...ingest.counters,
    accepted: trades.accepted + trades["accepted-after-gap"] + trades["accepted-unsized"] +
      trades["filled-gap"],
    duplicates: trades.duplicate + trades.stale,
    conflicts: trades.conflict + trades.rebased,
  };
}
