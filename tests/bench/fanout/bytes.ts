/**
 * Bytes that one client is sent in a busy minute of the simulated market: the whole payload again and
 * again as the plain contract does it, deltas at several rates, and other encodings of those deltas.
 */
import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import type { Scenario } from "../../../core/exchange/types.ts";
import type { Cell } from "../../../core/wire/board.ts";
import type { DeltaFrame } from "../../../core/wire/frames.ts";
import { marketSnapshot } from "../../../core/wire/snapshot.ts";
import { framesOf } from "../../support/contract_script.ts";
import { BusyMinute, MINUTE_MS, PLAIN_MS, ReadingLink, STEP_MS } from "./busy_minute.ts";
import { messagePack, varints } from "./encodings.ts";

const RATES_MS = [100, 250, 500] as const;
const CHANNELS = ["board:vn30", "market"] as const;
/** Largest head of a frame of these sizes. */
const HEAD_BYTES = 4;

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
  const minute = new BusyMinute(scenario);
  const { hub } = minute;
  const all = subscribe(minute);
  const whole = sent("whole payload, every 500 ms", "market");
  const symbols = hub.view().all("stock").map(({ symbol }) => symbol);
  let lastSeq = -1;
  for (let ranMs = STEP_MS; ranMs <= MINUTE_MS; ranMs += STEP_MS) {
    minute.step();
    if (ranMs % PLAIN_MS !== 0 || hub.view().seq === lastSeq) continue;
    lastSeq = hub.view().seq;
    count(whole, Buffer.from(JSON.stringify(marketSnapshot(hub.view(), symbols))));
  }
  return [...all.plain, whole, ...all.deltas];
}

/** Counts for every client that is measured; what they get first is not counted. */
function subscribe({ hub, nowMs }: BusyMinute): Readonly<Record<"plain" | "deltas", Sent[]>> {
  let isCounting = false;
  const plain = sent("whole payload, every 500 ms", "board:vn30");
  const counting = (onText: (text: string) => void) =>
    new ReadingLink((text) => {
      if (isCounting) onText(text);
    });
  const link = counting((text) => count(plain, Buffer.from(text)));
  hub.join(link, "market", nowMs, { isAuthenticated: true });
  const deltas = CHANNELS.flatMap((channel) =>
    RATES_MS.flatMap((rate) => {
      const json = sent(`deltas, ${rate} ms, JSON`, channel);
      const packed = sent(`deltas, ${rate} ms, MessagePack`, channel);
      const varied = sent(`deltas, ${rate} ms, varints`, channel);
      const link = counting((text) => {
        count(json, Buffer.from(text));
        countEncoded(packed, messagePack, text);
        countEncoded(varied, varints, text);
      });
      hub.join(link, "v1", nowMs, { isAuthenticated: true });
      hub.receive(link, "v1", JSON.stringify({ op: "sub", id: 1, c: [channel], rate }), nowMs);
      return [json, packed, varied];
    })
  );
  isCounting = true;
  return { plain: [plain], deltas };
}

function countEncoded(sent: Sent, encode: (cells: readonly Cell[]) => Uint8Array, text: string) {
  const cells = cellsOf(text);
  const startMs = performance.now();
  const bytes = encode(cells);
  sent.cpuMs += performance.now() - startMs;
  count(sent, bytes);
}

/** All that a message says, in one flat row; heartbeats stay text in any encoding. */
function cellsOf(text: string): Cell[] {
  return framesOf(text).flatMap((frame) =>
    frame.k === "d" ? deltaCells(frame) : [JSON.stringify(frame)]
  );
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
