import { percentOf } from "../wire/cells.ts";
import { feedOut, type MarketView, stampOf } from "../wire/snapshot.ts";
import { notReadyReasons } from "./health.ts";
import { HUB_LINKS } from "./metrics_text.ts";
import type { Services } from "./services.ts";

type Figures = Readonly<Record<string, number>>;

/**
 * Body of `/api/ws/health`: the way of a number from the feed to the sockets, station by station.
 * Counts are since the start of the part that counts; null means that it has not told yet.
 */
export function wsHealthOf(services: Services) {
  const { hub, admission, clock } = services;
  const view = hub.view();
  const figures = services.metrics();
  const of = (name: string): number | null => figures[name] ?? null;
  const notReady = notReadyReasons(services);
  return {
    status: notReady.length === 0 ? "ok" : "not ready",
    reasons: notReady,
    channels: countsOf(figures, HUB_LINKS),
    connections: {
      links: admission.open.links,
      addresses: admission.open.addresses,
      /** Refused sockets that wait for the client to close its side. */
      refused_open: admission.open.refused,
      admitted: of("ws_admitted_total"),
      /** By reason: origin, token, places of the address, places in all. */
      refused: countsOf(figures, /^ws_refused_(\w+)_total$/),
    },
    sending: {
      writes: of("hub_writes_total"),
      /** Updates that a later one replaced before a slow client could take them. */
      conflated: of("hub_conflated_total"),
      /** Sockets that the hub closed, by reason. */
      dropped: {
        ...countsOf(figures, /^hub_closed_(\w+)_total$/),
        rate_limited: of("hub_rate_limited_total"),
      },
      refused_messages: of("hub_refused_messages_total"),
      bus_gaps: of("hub_bus_gaps_total"),
    },
    upstream: {
      ...feedOut(view.status),
      last_message_age_ms: lastMessageAgeMs(of("feed_last_frame_timestamp_seconds"), clock.nowMs()),
      frames: of("feed_frames_total"),
      attempts: of("feed_attempts_total"),
    },
    decode: {
      messages: of("decode_messages_total"),
      decoded: of("decode_decoded_total"),
      refused: countsOf(figures, /^decode_refused_(\w+)_total$/),
    },
    gaps: gapsOf(view),
    classifier: classifierOf(of("classifier_agree_total"), of("classifier_disagree_total")),
    /** From the receipt of a frame to its publishing, over the last second. */
    publish_delay_ms: { p50: of("publish_delay_ms_p50"), p99: of("publish_delay_ms_p99") },
    ...stampOf(view),
  };
}

/** Figures whose names fit, by the part of the name that tells them apart. */
function countsOf(figures: Figures, pattern: RegExp): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, value] of Object.entries(figures)) {
    const key = pattern.exec(name)?.[1];
    if (key !== undefined) counts[key] = value;
  }
  return counts;
}

function lastMessageAgeMs(lastFrameS: number | null, nowMs: number): number | null {
  return lastFrameS === null ? null : Math.max(0, Math.round(nowMs - lastFrameS * 1000));
}

/** Volume known to have traded without its trades, over the securities whose volumes are known. */
export function gapsOf(view: MarketView) {
  let missingVolume = 0;
  let symbols = 0;
  for (const { missing } of view.all("volume")) {
    if (typeof missing !== "number" || missing === 0) continue;
    missingVolume += missing;
    symbols++;
  }
  return { missing_volume: missingVolume, symbols_with_missing: symbols };
}

/** How often the feed's flag and the quote rule name the same side, where both speak. */
function classifierOf(agree: number | null, disagree: number | null) {
  const both = agree === null || disagree === null ? null : agree + disagree;
  return { agree, disagree, agreement_pct: percentOf(agree, both) };
}
