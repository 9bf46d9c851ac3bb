/**
 * What it costs to come back after a while, and to take in what is new: on the market of a busy part
 * of a simulated day, in this process.
 */
import { applyDelta, rowsOf } from "../../../components/live/rows.ts";
import type { Position } from "../../../core/wire/frames.ts";
import { marketSnapshot } from "../../../core/wire/snapshot.ts";
import { framesOf } from "../../support/contract_script.ts";
import { median } from "../support/median.ts";
import { BusyMinute, ReadingLink } from "./busy_minute.ts";

const CHANNEL = "market";
/** A phone in a lift. */
const AWAY_MS = 16_000;
/** Changes that a client has missed whose return is timed. */
const MISSED = 100;
const RETURNS = 60;
/** A browser has done this some thousand times on a morning. */
const PASSES = 3;

/** Bytes before compression, and middles of times. */
export interface BehindFigures {
  readonly awayMs: number;
  /** What a client is sent that comes back, and what it would have been sent meanwhile. */
  readonly returnBytes: number;
  readonly missedBytes: number;
  readonly missedMessages: number;
  /** Time of the hub for a client that has missed 100 changes, and for one that has nothing. */
  readonly resumeUs: number;
  readonly snapshotUs: number;
  /** Time of a browser to take in a message, and to read everything as JSON. */
  readonly takeUs: number;
  readonly readWholeUs: number;
}

/** Measures all of it; takes some seconds. */
export function measureBehind(): BehindFigures {
  const minute = new BusyMinute("volatile");
  const { hub } = minute;
  const heard: string[] = [];
  subscribe(minute, new ReadingLink((text) => void heard.push(text)), null);
  const first = heard.splice(0);
  const { epoch } = hub.view();
  const seqs: number[] = [];
  const step = () => {
    const { seq } = hub.view();
    do minute.step(); while (hub.view().seq === seq);
    seqs.push(hub.view().seq);
  };
  step();
  const leftAt = { e: epoch, s: hub.view().seq };
  const leftAfter = heard.length;
  for (const backMs = minute.nowMs + AWAY_MS; minute.nowMs < backMs;) step();
  const missed = heard.slice(leftAfter);
  const returned = come(minute, leftAt);
  while (seqs.length <= MISSED) step();
  const [resumes, snapshots, wholes]: [number[], number[], string[]] = [[], [], []];
  const symbols = hub.view().all("stock").map(({ symbol }) => symbol);
  for (let time = 0; time < RETURNS; time++) {
    // Something new each time, so that nothing is there from the time before.
    step();
    resumes.push(come(minute, { e: epoch, s: seqs.at(-1 - MISSED)! }).us);
    step();
    snapshots.push(come(minute, null).us);
    wholes.push(JSON.stringify(marketSnapshot(hub.view(), symbols)));
  }
  return {
    awayMs: AWAY_MS,
    returnBytes: returned.bytes,
    missedBytes: bytesOf(missed),
    missedMessages: missed.length,
    resumeUs: median(resumes),
    snapshotUs: median(snapshots),
    takeUs: timeTaking(first, heard),
    readWholeUs: timesUs(wholes, (whole) => JSON.parse(whole)),
  };
}

/** A client comes that stands at a position, or has nothing, and is sent what it lacks at once. */
function come(minute: BusyMinute, from: Position | null) {
  const texts: string[] = [];
  const link = new ReadingLink((text) => void texts.push(text));
  const us = subscribe(minute, link, from);
  minute.hub.leave(link, "v1");
  const kinds = texts.flatMap(framesOf).map(({ k }) => k);
  if (!kinds.includes(from === null ? "s" : "d")) throw new Error(`It was sent ${kinds}`);
  return { bytes: bytesOf(texts), us };
}

/** Time until the hub has written what the link lacks, μs. */
function subscribe({ hub, nowMs }: BusyMinute, link: ReadingLink, from: Position | null): number {
  hub.join(link, "v1", nowMs, { isAuthenticated: true });
  const asked = { op: "sub", id: 1, c: [CHANNEL], ...(from && { from: { [CHANNEL]: from } }) };
  return timeUs(() => hub.receive(link, "v1", JSON.stringify(asked), nowMs));
}

/** Time to write a message into the rows that a page holds, μs. */
function timeTaking(first: readonly string[], messages: readonly string[]): number {
  const rows = first.flatMap(framesOf).flatMap((frame) => frame.k === "s" ? rowsOf(frame) : []);
  return timesUs(messages, (text) => {
    for (const frame of framesOf(text)) {
      if (frame.k === "d") applyDelta(rows, frame, () => {});
    }
  });
}

function timesUs(texts: readonly string[], act: (text: string) => unknown): number {
  const times: number[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    for (const text of texts) times.push(timeUs(() => act(text)));
  }
  return median(times);
}

function timeUs(act: () => unknown): number {
  const startMs = performance.now();
  act();
  return (performance.now() - startMs) * 1_000;
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}
