import type { Alert } from "../wire/alert.ts";
import { foreignSummary } from "../wire/foreign_summary.ts";
import { INDEX_PAYLOAD_IDS, indexPayload } from "../wire/index_payload.ts";
import { feedOut, isoVn, marketSnapshot } from "../wire/snapshot.ts";
import { dataStatus, type FeedStatus } from "../wire/status.ts";
import { stockPayload } from "../wire/stock_payload.ts";
import type { ClientLink } from "./link.ts";
import { SharedMessage } from "./message.ts";
import { PlainAlerts } from "./plain_alerts.ts";
import {
  type News,
  PlainChannel,
  type PlainPace,
  type PlainSide,
  type PlainSource,
} from "./plain.ts";
import type { Replica } from "./replica.ts";

/** Channels of the plain contract, `stocks` being one for each ticker. */
export const PLAIN_NAMES = ["market", "foreign", "index", "alerts", "stocks"] as const;
export type PlainName = typeof PLAIN_NAMES[number];

/** A channel as a client names it. */
export type PlainContract = Exclude<PlainName, "stocks"> | `stocks/${string}`;

/** Figures of one sort of channel since start. */
interface Figures {
  links: number;
  writes: number;
  built: number;
  conflated: number;
  slow: number;
  tooFast: number;
  tooLarge: number;
}

/** Every plain channel of a hub; those of single tickers exist while somebody listens. */
export class PlainChannels {
  readonly #replica: Replica;
  readonly #pace: PlainPace;
  readonly #fixed: ReadonlyMap<string, PlainSide>;
  /** By ticker; as many as there are sockets at most. */
  readonly #stocks = new Map<string, PlainChannel>();
  /** Figures of ticker channels that are gone. */
  readonly #past: Figures = noFigures();
  /** The status message as last made. */
  #statusMessage: { readonly of: FeedStatus; readonly message: SharedMessage } | null = null;

  constructor(replica: Replica, pace: PlainPace) {
    this.#replica = replica;
    this.#pace = pace;
    this.#fixed = new Map<string, PlainSide>([
      [
        "market",
        this.#channel(() => newest(replica, MARKET), () => marketSnapshot(replica.view())),
      ],
      [
        "foreign",
        this.#channel(() => newest(replica, FOREIGN), () => foreignSummary(replica.view())),
      ],
      ["index", this.#channel(() => indexVersion(replica), () => indexPayload(replica.view()))],
      ["alerts", this.#alerts()],
    ]);
  }

  get links(): number {
    let links = 0;
    for (const side of this.#sides()) links += side.listeners.size;
    return links;
  }

  join(link: ClientLink, contract: PlainContract, nowMs: number): void {
    const ticker = tickerOf(contract);
    if (ticker !== null && !this.#stocks.has(ticker)) this.#stocks.set(ticker, this.#stock(ticker));
    this.#side(contract)!.join(link, nowMs);
    this.#tidy(contract);
  }

  receive(link: ClientLink, contract: PlainContract, text: string, nowMs: number): void {
    this.#side(contract)?.listeners.receive(link, text, nowMs);
    this.#tidy(contract);
  }

  leave(link: ClientLink, contract: PlainContract): void {
    this.#side(contract)?.listeners.remove(link);
    this.#tidy(contract);
  }

  tell(news: News, nowMs: number): void {
    for (const side of this.#sides()) side.tell(news, nowMs);
    this.#tidyAll();
  }

  tick(nowMs: number): void {
    for (const side of this.#sides()) side.tick(nowMs);
    this.#tidyAll();
  }

  closeAll(): void {
    for (const side of this.#sides()) side.listeners.closeAll();
    this.#tidyAll();
  }

  figures(name: PlainName): Readonly<Figures> {
    if (name !== "stocks") return add(noFigures(), this.#fixed.get(name)!);
    const sum = { ...this.#past };
    for (const channel of this.#stocks.values()) add(sum, channel);
    return sum;
  }

  *#sides(): Iterable<PlainSide> {
    yield* this.#fixed.values();
    yield* this.#stocks.values();
  }

  #side(contract: PlainContract): PlainSide | undefined {
    const ticker = tickerOf(contract);
    return ticker === null ? this.#fixed.get(contract) : this.#stocks.get(ticker);
  }

  #channel(version: () => number, payload: () => object): PlainChannel {
    return this.#make({
      version,
      payload: () => this.#replica.epoch === "" ? null : JSON.stringify(payload()),
    });
  }

  #stock(ticker: string): PlainChannel {
    const tables = ["stock", "foreign", "volume"] as const;
    let isKnown = false;
    return this.#make({
      version: () => Math.max(...tables.map((table) => this.#replica.rowSeq(table, ticker))),
      payload: () => {
        if (this.#replica.epoch === "") return null;
        const payload = stockPayload(this.#replica.view(), ticker);
        isKnown ||= payload !== null;
        if (payload !== null) return JSON.stringify(payload);
        // On a new day a security may have nothing to show before its first message.
        return isKnown ? null : { refusal: "unknown ticker" };
      },
    });
  }

  #make(source: Pick<PlainSource, "version" | "payload">): PlainChannel {
    return new PlainChannel({ ...source, status: () => this.#status() }, this.#pace);
  }

  #alerts(): PlainAlerts {
    const replica = this.#replica;
    return new PlainAlerts({
      logs: replica.logs,
      tradingDate: () => replica.tradingDate,
      message: (alert) => JSON.stringify(alertMessage(alert, replica)),
      status: () => this.#status(),
    }, this.#pace.lagMsMax);
  }

  #status(): SharedMessage {
    const { status } = this.#replica;
    if (this.#statusMessage?.of !== status) {
      const message = new SharedMessage(JSON.stringify(plainStatus(status)));
      this.#statusMessage = { of: status, message };
    }
    return this.#statusMessage.message;
  }

  #tidyAll(): void {
    for (const ticker of this.#stocks.keys()) this.#tidy(`stocks/${ticker}`);
  }

  /** A ticker that nobody listens to has no channel. */
  #tidy(contract: PlainContract): void {
    const ticker = tickerOf(contract);
    const channel = ticker === null ? undefined : this.#stocks.get(ticker);
    if (channel === undefined || channel.listeners.size > 0) return;
    add(this.#past, channel);
    this.#stocks.delete(ticker!);
  }
}

/** What the market and foreign payloads are made of. */
const MARKET = ["board:vn30", "board:extra", "board:der", "index"] as const;
const FOREIGN = ["foreign", "flow"] as const;

function newest(replica: Replica, channels: readonly (typeof MARKET | typeof FOREIGN)[number][]) {
  return Math.max(...channels.map((channel) => replica.position(channel) ?? 0));
}

function indexVersion(replica: Replica): number {
  return Math.max(...INDEX_PAYLOAD_IDS.map((id) => replica.rowSeq("index", id)));
}

function tickerOf(contract: PlainContract): string | null {
  return contract.startsWith("stocks/") ? contract.slice("stocks/".length) : null;
}

function alertMessage(alert: Alert, { asOfMs, seq, status }: Replica) {
  return {
    type: "alert",
    ...alert,
    as_of: isoVn(asOfMs),
    seq,
    data_status: dataStatus(status),
  };
}

/** The plain contract's word on the feed. */
function plainStatus(status: FeedStatus) {
  const { connected, state, reason, since } = feedOut(status);
  return { type: "status", connected, state, reason, since, data_status: dataStatus(status) };
}

function noFigures(): Figures {
  return { links: 0, writes: 0, built: 0, conflated: 0, slow: 0, tooFast: 0, tooLarge: 0 };
}

function add(sum: Figures, { built, listeners }: PlainSide): Figures {
  sum.links += listeners.size;
  sum.built += built;
  for (const [key, count] of Object.entries(listeners.counters)) sum[key as keyof Figures] += count;
  return sum;
}
