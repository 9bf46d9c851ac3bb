/**
 * Bytes that one client is sent in a busy minute of the simulated market: the whole payload again and
 * again as the plain contract does it, deltas at several rates, and other encodings of those deltas.
 */
import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { createDay } from "../../../core/exchange/day.ts";
import type { Scenario, SimChannel } from "../../../core/exchange/types.ts";
import { Hub } from "../../../core/hub/hub.ts";
import { LAG_MS_MAX } from "../../../core/hub/limits.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import type { SharedMessage } from "../../../core/hub/message.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import { VN30_SEED } from "../../../core/market/vn30.ts";
import { encodeBroadcast, messageFrame } from "../../../core/sim/frames.ts";
import { BoardRows } from "../../../core/tasks/rows.ts";
import type { Cell } from "../../../core/wire/board.ts";
import type { DeltaFrame, ServerFrame } from "../../../core/wire/frames.ts";
import { marketSnapshot } from "../../../core/wire/snapshot.ts";
import { advance, DATE, listen } from "../../simulation/market_frames.ts";
import { messagePack, varints } from "./encodings.ts";

const RATES_MS = [100, 250, 500] as const;
const CHANNELS = ["board:vn30", "market"] as const;
/** The plain contract's pace. */
const PLAIN_MS = 500;
const STEP_MS = 50;
const MINUTE_MS = 60_000;
/** Largest head of a frame of these sizes. */
const HEAD_BYTES = 4;
const FROM = "09:20:00";
const FROM_MS = Date.parse(`${DATE}T${FROM}+07:00`);

/** A day as most are, and one on which much more happens. */
export const BYTES_SCENARIOS = ["normal", "volatile"] as const;

/** What came in a minute, bytes on the wire with the heads of frames. */
export interface Sent {
  readonly what: string;
  readonly channel: string;
  messages: number;
  plain: number;
  deflated: number;
  /** Time to deflate, and to make bytes where that is not JSON.stringify, ms. */
  cpuMs: number;
}

/** Measures a minute; takes some seconds. */
export function measureBytes(scenario: Scenario): Sent[] {
  const day = createDay({ seed: 41, scenario, date: DATE });
  advance(day, FROM);
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  const status = { ...connectingStatus("sim", FROM_MS), state: "live" as const, reason: null };
  const publisher = new Publisher({ epoch: "none", status });
  const carry = { ratePct: 4.5, dividendPct: 1.5, costPct: 0.15 };
  const rows = new BoardRows(ingest.engine, publisher, { extraSymbols: [], carry });
  const futures = day.instruments.filter(({ kind }) => kind === "future");
  rows.setUniverse({
    vn30: VN30_SEED,
    futures: futures.map(({ symbol }) => symbol),
    source: "static",
  });
  const hub = new Hub({
    status: connectingStatus("sim", FROM_MS),
    throttleMs: PLAIN_MS,
    lagMsMax: LAG_MS_MAX,
    isValidToken: () => true,
  });
  const wants = (channel: SimChannel) => channel !== "X" && channel !== "B" && channel !== "OL";
  const publish = (nowMs: number) => {
    if (rows.needNewEpoch()) rows.startEpoch("bench");
    rows.publishDirty();
    const message = publisher.tick(ingest.engine.market.asOfMs);
    if (message !== null) hub.apply(message, nowMs);
    hub.tick(nowMs);
  };
  for (const text of listen(day, FROM, wants)) rows.note(ingestFrame(ingest, text));
  publish(FROM_MS);
  const links = subscribe(hub);
  const whole = sent("whole payload, every 500 ms", "market");
  const symbols = hub.view().all("stock").map(({ symbol }) => symbol);
  let [number, lastSeq] = [0, -1];
  for (let ranMs = STEP_MS; ranMs <= MINUTE_MS; ranMs += STEP_MS) {
    const untilMs = parseTimeOfDay(FROM) + ranMs;
    while (day.timeOfDayMs < untilMs) {
      const messages = day.step(wants).map(encodeBroadcast);
      number += messages.length;
      if (messages.length > 0) rows.note(ingestFrame(ingest, messageFrame(number, messages)));
    }
    publish(FROM_MS + ranMs);
    if (ranMs % PLAIN_MS !== 0 || hub.view().seq === lastSeq) continue;
    lastSeq = hub.view().seq;
    count(whole, Buffer.from(JSON.stringify(marketSnapshot(hub.view(), symbols))));
  }
  return [
    links.plain.sent,
    whole,
    ...links.deltas.flatMap(({ sent, others }) => [sent, ...others]),
  ];
}

/** Every client that is measured; what they get first is not counted. */
function subscribe(hub: Hub) {
  const plain = new CountingLink(sent("whole payload, every 500 ms", "board:vn30"), []);
  hub.join(plain, "market", FROM_MS, { isAuthenticated: true });
  const deltas = CHANNELS.flatMap((channel) =>
    RATES_MS.map((rate) => {
      const others = [
        sent(`deltas, ${rate} ms, MessagePack`, channel),
        sent(`deltas, ${rate} ms, varints`, channel),
      ];
      const link = new CountingLink(sent(`deltas, ${rate} ms, JSON`, channel), others);
      hub.join(link, "v1", FROM_MS, { isAuthenticated: true });
      const sub = { op: "sub", id: 1, c: [channel], rate };
      hub.receive(link, "v1", JSON.stringify(sub), FROM_MS);
      return link;
    })
  );
  for (const link of [plain, ...deltas]) link.isCounting = true;
  return { plain, deltas };
}

class CountingLink implements ClientLink {
  readonly id = "counting";
  readonly unsentBytes = 0;
  isCounting = false;
  readonly sent: Sent;
  readonly others: readonly Sent[];

  constructor(sent: Sent, others: readonly Sent[]) {
    this.sent = sent;
    this.others = others;
  }

  send({ text }: SharedMessage): void {
    if (!this.isCounting) return;
    count(this.sent, Buffer.from(text));
    if (this.others.length === 0) return;
    const cells = cellsOf(text);
    [messagePack, varints].forEach((encode, i) => {
      const startMs = performance.now();
      const bytes = encode(cells);
      this.others[i]!.cpuMs += performance.now() - startMs;
      count(this.others[i]!, bytes);
    });
  }

  close(code: number, reason: string): void {
    throw new Error(`A link was closed with ${code}: ${reason}`);
  }
}

/** All that a message says, in one flat row; heartbeats stay text in any encoding. */
function cellsOf(text: string): Cell[] {
  const read = JSON.parse(text);
  const frames: readonly ServerFrame[] = Array.isArray(read) ? read : [read];
  return frames.flatMap((frame) => frame.k === "d" ? deltaCells(frame) : [JSON.stringify(frame)]);
}

function deltaCells({ k, c, e, p, s, t, d }: DeltaFrame): Cell[] {
  return [k, c, e, p, s, t, d.length, ...d];
}

function sent(what: string, channel: string): Sent {
  return { what, channel, messages: 0, plain: 0, deflated: 0, cpuMs: 0 };
}

function count(sent: Sent, bytes: Uint8Array): void {
  const startMs = performance.now();
  const deflated = deflateRawSync(bytes).length;
  sent.cpuMs += performance.now() - startMs;
  sent.messages++;
  sent.plain += bytes.length + HEAD_BYTES;
  sent.deflated += deflated + HEAD_BYTES;
}

function parseTimeOfDay(time: string): number {
  const [hours, minutes, seconds] = time.split(":").map(Number);
  return ((hours! * 60 + minutes!) * 60 + seconds!) * 1_000;
}
