import { formatVnTime, vnSecondOfDay } from "../market/time.ts";
import type { BusMessage } from "../port/bus.ts";
import type { FeedStatus } from "../wire/status.ts";
import { type LineOutput, StatusLine } from "./status_line.ts";

/** What is known of a recording under way. */
export interface RecordState {
  readonly status: FeedStatus | null;
  /** Exchange time of the newest message, Unix ms. */
  readonly asOfMs: number | null;
  /** Figures of the engine side under their own names. */
  readonly metrics: Readonly<Record<string, number>>;
}

const BYTES_PER_MB = 1_048_576;
const NUMBER = new Intl.NumberFormat("en");

/** Keeps one line on a terminal up to date, or writes one from time to time elsewhere. */
export class RecordProgress {
  readonly #line: StatusLine;
  readonly #nowMs: () => number;
  #state: RecordState = { status: null, asOfMs: null, metrics: {} };

  constructor(output: LineOutput) {
    this.#line = new StatusLine(output);
    this.#nowMs = output.nowMs;
  }

  /** Takes what the engine side publishes; its figures, which come once a second, are shown. */
  take(message: BusMessage): void {
    const { status, metrics } = this.#state;
    if (message.k === "status") this.#state = { ...this.#state, status: message.status };
    if (message.k === "delta") this.#state = { status, metrics, asOfMs: message.asOfMs };
    if (message.k !== "metrics") return;
    this.#state = { ...this.#state, metrics: message.metrics };
    this.#line.show(progressLine(this.#state, this.#nowMs()));
  }

  /** Makes room for a line that something else writes; the progress comes again within a second. */
  clear(): void {
    this.#line.clear();
  }
}

/**
 * One line on a recording: trading date and exchange time, state of the feed, what was recorded, how
 * far the newest message is behind our clock (not of a simulated market, which has a time of its
 * own), and what could not be kept.
 */
export function progressLine({ status, asOfMs, metrics }: RecordState, nowMs: number): string {
  const figure = (name: string) => metrics[name] ?? 0;
  const number = (name: string) => NUMBER.format(figure(name));
  const isLate = status?.provider === "ssi" && asOfMs !== null;
  const lost = figure("journal_lost_total") + figure("journal_undated_dropped_total");
  return [
    status?.tradingDate ?? "no trading date yet",
    ...asOfMs === null ? [] : [formatVnTime(vnSecondOfDay(asOfMs))],
    status?.state ?? "connecting",
    `${number("journal_frames_total")} frames`,
    `${number("decode_messages_total")} messages`,
    megabytes(figure("journal_bytes_total")),
    ...isLate ? [`lag ${((nowMs - asOfMs) / 1_000).toFixed(1)} s`] : [],
    ...lost === 0 ? [] : [`${NUMBER.format(lost)} frames LOST`],
    ...metrics.journal_writable === 0 ? ["the journal CANNOT BE WRITTEN"] : [],
  ].join(" · ");
}

/** The last line of a recording; `records` counts events of ours too. */
export function summaryLine(
  { records, bytes, date, dir }: {
    readonly records: number;
    readonly bytes: number;
    readonly date: string | null;
    readonly dir: string;
  },
): string {
  const what = `${NUMBER.format(records)} records (${megabytes(bytes)})`;
  return date === null
    ? `Recorded nothing: no trading date was heard`
    : `Recorded ${what}, the newest of ${date}, in ${dir}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / BYTES_PER_MB).toFixed(1)} MB`;
}
