import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { createDay } from "../../../core/exchange/day.ts";
import type { Scenario, SimChannel } from "../../../core/exchange/types.ts";
import { Hub } from "../../../core/hub/hub.ts";
import { LAG_MS_MAX } from "../../../core/hub/limits.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import type { SharedMessage } from "../../../core/hub/message.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import { parseVnTime } from "../../../core/market/time.ts";
import { VN30_SEED } from "../../../core/market/vn30.ts";
import { encodeBroadcast, messageFrame } from "../../../core/sim/frames.ts";
import { BoardRows } from "../../../core/tasks/rows.ts";
import { advance, DATE, listen } from "../../simulation/market_frames.ts";

/** The plain contract's pace. */
export const PLAIN_MS = 500;
export const STEP_MS = 50;
export const MINUTE_MS = 60_000;
const FROM = "09:20:00";
const FROM_MS = Date.parse(`${DATE}T${FROM}+07:00`);

/** A hub behind the engine on a busy part of a simulated day, from 09:20 on. */
export class BusyMinute {
  readonly hub: Hub;
  nowMs = FROM_MS;
  readonly #day;
  readonly #ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  readonly #publisher: Publisher;
  readonly #rows: BoardRows;
  #number = 0;

  constructor(scenario: Scenario) {
    this.#day = createDay({ seed: 41, scenario, date: DATE });
    advance(this.#day, FROM);
    const connecting = connectingStatus("sim", FROM_MS);
    const status = { ...connecting, state: "live" as const, reason: null };
    this.#publisher = new Publisher({ epoch: "none", status });
    const carry = { ratePct: 4.5, dividendPct: 1.5, costPct: 0.15 };
    this.#rows = new BoardRows(this.#ingest.engine, this.#publisher, { extraSymbols: [], carry });
    const futures = this.#day.instruments.filter(({ kind }) => kind === "future");
    this.#rows.setUniverse({
      vn30: VN30_SEED,
      futures: futures.map(({ symbol }) => symbol),
      source: "static",
    });
    this.hub = new Hub({
      status: connecting,
      throttleMs: PLAIN_MS,
      lagMsMax: LAG_MS_MAX,
      isValidToken: () => true,
    });
    for (const text of listen(this.#day, FROM, wants)) {
      this.#rows.note(ingestFrame(this.#ingest, text));
    }
    this.#publish();
  }

  /** Plays the next STEP_MS. */
  step(): void {
    this.nowMs += STEP_MS;
    const untilMs = parseVnTime(FROM)! * 1_000 + this.nowMs - FROM_MS;
    while (this.#day.timeOfDayMs < untilMs) {
      const messages = this.#day.step(wants).map(encodeBroadcast);
      this.#number += messages.length;
      if (messages.length === 0) continue;
      this.#rows.note(ingestFrame(this.#ingest, messageFrame(this.#number, messages)));
    }
    this.#publish();
  }

  #publish(): void {
    if (this.#rows.needNewEpoch()) this.#rows.startEpoch("bench");
    this.#rows.publishDirty();
    const message = this.#publisher.tick(this.#ingest.engine.market.asOfMs);
    if (message !== null) this.hub.apply(message, this.nowMs);
    this.hub.tick(this.nowMs);
  }
}

function wants(channel: SimChannel): boolean {
  return channel !== "X" && channel !== "B" && channel !== "OL";
}

/** A client that reads whatever it is sent. */
export class ReadingLink implements ClientLink {
  readonly id = "reading";
  readonly unsentBytes = 0;
  readonly #onText: (text: string) => void;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  send({ text }: SharedMessage): void {
    this.#onText(text);
  }

  close(code: number, reason: string): void {
    throw new Error(`A link was closed with ${code}: ${reason}`);
  }
}
