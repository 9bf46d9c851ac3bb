// deno-lint-ignore-file no-console -- the one place that prints
import { formatVnTime, vnSecondOfDay } from "./market/time.ts";

/** Levels, quiet to loud. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Flat facts of a log line; a key that smells of a secret is masked whatever it holds. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Takes events; one line each. The event is a snake_case name in the past tense. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A logger that adds fields to each of its lines and shares everything else with this one. */
  bind(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly nowMs: () => number;
  readonly bind?: LogFields;
  /** Takes a line without its newline; the console when absent. */
  readonly write?: (line: string) => void;
  /** Short lines for a person; true when absent and the console is a terminal. */
  readonly human?: boolean;
}

/** The same error event is written once in this time; the rest is counted in `repeated`. */
const REPEAT_WINDOW_MS = 10_000;
/** Events come from a closed list; beyond this many at once repeats are no longer held back. */
const HELD_EVENTS_MAX = 256;
/** Longest text of one field; the rest is cut and its length said. */
const FIELD_CHARS_MAX = 2_000;
const SENSITIVE_KEY = /secret|token|password|authorization/i;
const MASK = "[secret]";

interface Held {
  readonly sinceMs: number;
  repeated: number;
}

/** Makes a logger that writes one JSON object per line: `ts`, `level`, `event`, then the fields. */
export function createLogger(options: LoggerOptions): Logger {
  const sink = new Sink(options);
  return bound(sink, options.bind ?? {});
}

function bound(sink: Sink, fixed: LogFields): Logger {
  const at = (level: LogLevel) => (event: string, fields: LogFields = {}) =>
    sink.take(level, event, { ...fixed, ...fields });
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    bind: (fields) => bound(sink, { ...fixed, ...fields }),
  };
}

/** What all loggers of one root share: threshold, held errors and the way out. */
class Sink {
  readonly #threshold: number;
  readonly #nowMs: () => number;
  readonly #write: (line: string) => void;
  readonly #human: boolean;
  readonly #held = new Map<string, Held>();
  /** Lines the console did not take; said on the next one that it takes. */
  #lost = 0;

  constructor(options: LoggerOptions) {
    this.#threshold = LOG_LEVELS.indexOf(options.level);
    this.#nowMs = options.nowMs;
    this.#write = options.write ?? console.log;
    this.#human = options.human ?? (options.write === undefined && Deno.stdout.isTerminal());
  }

  take(level: LogLevel, event: string, fields: LogFields): void {
    if (LOG_LEVELS.indexOf(level) < this.#threshold) return;
    const nowMs = this.#nowMs();
    const held = this.#held.get(event);
    if (level === "error" && held !== undefined && nowMs - held.sinceMs < REPEAT_WINDOW_MS) {
      held.repeated++;
      return;
    }
    this.#releaseHeld(nowMs, level === "error" ? event : null);
    if (level !== "error") return this.#line(nowMs, level, event, fields);
    const repeated = held?.repeated ?? 0;
    this.#held.delete(event);
    if (this.#held.size < HELD_EVENTS_MAX) {
      this.#held.set(event, { sinceMs: nowMs, repeated: 0 });
    }
    this.#line(nowMs, level, event, repeated > 0 ? { ...fields, repeated } : fields);
  }

  /** Forgets events whose window is over; a count that nobody has seen yet is written first. */
  #releaseHeld(nowMs: number, except: string | null): void {
    for (const [event, held] of this.#held) {
      if (event === except || nowMs - held.sinceMs < REPEAT_WINDOW_MS) continue;
      this.#held.delete(event);
      if (held.repeated > 0) this.#line(nowMs, "error", event, { repeated: held.repeated });
    }
  }

  #line(nowMs: number, level: LogLevel, event: string, fields: LogFields): void {
    const head = { ts: new Date(nowMs).toISOString(), level, event };
    const lost = this.#lost > 0 ? { lost: this.#lost } : {};
    const text = toJson({ ...head, ...fields, ...lost, ...head });
    try {
      this.#write(this.#human ? forPerson(nowMs, text) : text);
      this.#lost = 0;
    } catch {
      this.#lost++;
    }
  }
}

function toJson(record: LogFields): string {
  try {
    return JSON.stringify(record, safeValue);
  } catch (error) {
    const { ts, level, event } = record;
    return JSON.stringify({ ts, level, event, fieldsProblem: String(error) }, safeValue);
  }
}

function safeValue(key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (SENSITIVE_KEY.test(key) && value != null && typeof value !== "boolean") return MASK;
  if (value instanceof Error) return cut(`${value.name}: ${value.message}`);
  return typeof value === "string" ? cut(value) : value;
}

function cut(text: string): string {
  if (text.length <= FIELD_CHARS_MAX) return text;
  return `${text.slice(0, FIELD_CHARS_MAX)}… (${text.length} chars)`;
}

/** `14:05:09 warn  feed_lost gapMs=1840`, the time in Viet Nam. */
function forPerson(nowMs: number, json: string): string {
  const { ts: _, level, event, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const facts = Object.entries(fields).map(([key, value]) => ` ${key}=${forPersonValue(value)}`);
  const time = formatVnTime(vnSecondOfDay(nowMs));
  return `${time} ${String(level).padEnd(5)} ${event}${facts.join("")}`;
}

function forPersonValue(value: unknown): string {
  const bare = typeof value === "string" && /^[\w.:/+-]+$/.test(value);
  return bare ? value : JSON.stringify(value);
}
