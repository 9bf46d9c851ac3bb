import { formatVnDate } from "../../core/market/time.ts";
import type { SystemFacts } from "../../core/wire/system_facts.ts";
import { fill } from "../fill.ts";
import { formatCount } from "../number_format.ts";
import { bytesText, durationText, sumOf, zeroItem } from "./item_forms.ts";
import type { Level, StatusItem, Written } from "./status_item.ts";

/** Longest silence of a feed that is well, while orders match. */
const SILENCE_MS_MAX = 30_000;
/** Connections of a feed that is well; each start of the program has one. */
const ATTEMPTS_MAX = 5;
/** Share of messages that may not be understood before somebody should look. */
const REFUSED_SHARE_MAX = 0.001;

const FEED_LEVELS = {
  live: "ok",
  closed: "ok",
  connecting: "warn",
  stale: "warn",
  refused: "bad",
} as const satisfies Readonly<Record<string, Level>>;

const STORE_LEVELS = {
  ready: "ok",
  off: "note",
  starting: "warn",
  unreachable: "bad",
  refused: "bad",
} as const satisfies Readonly<Record<string, Level>>;

/** The source of all numbers. */
export function feedItems({ health, sockets }: SystemFacts, written: Written): StatusItem[] {
  const { words, style } = written;
  const { feed } = health;
  const { upstream, decode } = sockets;
  const refused = sumOf(decode.refused);
  const isOdd = refused > REFUSED_SHARE_MAX * (decode.messages ?? 0);
  const help = feed.state === "live" || feed.state === "closed" ? null : words.feedHelp[feed.state];
  const replayed = feed.replay ? ` · ${words.replayed}` : "";
  return [
    {
      name: words.feedState,
      value: words.feedStates[feed.state],
      level: FEED_LEVELS[feed.state],
      ...(help !== null && { help, reason: feed.reason }),
    },
    { name: words.provider, value: words.providers[feed.provider] + replayed, level: "note" },
    {
      name: words.tradingDate,
      value: feed.trading_date === null ? words.unknown : formatVnDate(feed.trading_date),
      level: "note",
    },
    silenceItem(upstream.last_message_age_ms, feed.state === "live", written),
    {
      ...zeroItem({ name: words.attempts, count: upstream.attempts }, written),
      level: (upstream.attempts ?? 0) > ATTEMPTS_MAX ? "warn" : "note",
      ...((upstream.attempts ?? 0) > ATTEMPTS_MAX && { help: words.attemptsHelp }),
    },
    isOdd
      ? zeroItem(
        { name: words.refusedMessages, count: refused, help: words.refusedMessagesHelp },
        written,
      )
      : { name: words.refusedMessages, value: formatCount(refused, style), level: "ok" },
  ];
}

function silenceItem(ageMs: number | null, isLive: boolean, { words }: Written): StatusItem {
  const name = words.lastMessage;
  if (ageMs === null) return { name, value: words.unknown, level: "note" };
  const isSilent = isLive && ageMs > SILENCE_MS_MAX;
  return {
    name,
    value: durationText(ageMs / 1000, words),
    level: isSilent ? "warn" : isLive ? "ok" : "note",
    ...(isSilent && { help: words.lastMessageHelp }),
  };
}

/** The record of what came. */
export function journalItems({ health }: SystemFacts, written: Written): StatusItem[] {
  const { words, style } = written;
  const { writable, frames, bytes, damaged, write_errors } = health.journal;
  const hasTold = frames !== null && bytes !== null;
  return [
    {
      name: words.recording,
      value: writable === null ? words.unknown : writable ? words.yes : words.no,
      level: writable === null ? "note" : writable ? "ok" : "bad",
      ...(writable === false && { help: words.recordingHelp }),
    },
    {
      name: words.recorded,
      value: hasTold
        ? `${fill(words.frames, { n: formatCount(frames, style) })} · ${bytesText(bytes, style)}`
        : words.unknown,
      level: "note",
    },
    zeroItem({ name: words.damaged, count: damaged, help: words.damagedHelp }, written),
    zeroItem(
      { name: words.writeErrors, count: write_errors, help: words.writeErrorsHelp },
      written,
    ),
  ];
}

/** Where history is. */
export function databaseItems({ health, figures }: SystemFacts, written: Written): StatusItem[] {
  const { words, style } = written;
  const { state, reason, backend, server_version, timescale_version, stray_rows } = health.store;
  const server = server_version === null || backend === null
    ? words.unknown
    : `PostgreSQL ${server_version} (${words.backends[backend]})`;
  const timescale = timescale_version === null ? "" : ` · TimescaleDB ${timescale_version}`;
  const { store_pending_rows: waiting, store_pending_rows_max: most } = figures;
  const isSlow = waiting !== undefined && most !== undefined && waiting > most / 2;
  const shown: StatusItem = {
    name: words.storeState,
    value: words.storeStates[state],
    level: reason !== null && state === "ready" ? "warn" : STORE_LEVELS[state],
    ...(state !== "ready" && { help: words.storeHelp[state] }),
    reason: state === "off" ? null : reason,
  };
  if (state === "off") return [shown];
  return [
    shown,
    { name: words.storeServer, value: server + timescale, level: "note" },
    {
      name: words.waitingRows,
      value: waiting === undefined ? words.unknown : formatCount(waiting, style),
      level: isSlow ? "warn" : waiting === undefined ? "note" : "ok",
      ...(isSlow && { help: words.waitingRowsHelp }),
    },
    ...pastItems(health.store.backfill, written),
    zeroItem({ name: words.strayRows, count: stray_rows, help: words.strayRowsHelp }, written),
  ];
}

/** How far the past is that the start fills in. */
function pastItems(
  backfill: SystemFacts["health"]["store"]["backfill"],
  { words, style }: Written,
): StatusItem[] {
  if (backfill === null) return [];
  const { reason, units, done } = backfill;
  const state = words.pastStates[backfill.state];
  const rows = formatCount(backfill.rows, style);
  return [{
    name: words.past,
    value: backfill.state === "filling"
      ? fill(words.pastStep, { state, done, units, rows })
      : fill(words.pastOf, { state, rows }),
    level: reason !== null ? "warn" : backfill.state === "done" ? "ok" : "note",
    ...(backfill.state === "failed" && { help: words.pastHelp }),
    reason,
  }];
}
