import assert from "node:assert/strict";
import { numberStyleOf } from "../../../components/i18n.ts";
import type { StatusItem } from "../../../components/status/status_item.ts";
import {
  type GroupName,
  type StatusGroup,
  statusGroups,
} from "../../../components/status/status_items.ts";
import { statusWordsOf } from "../../../components/status/status_words.ts";
import type { SessionCertificate } from "../../../core/wire/certificate.ts";
import type { Health } from "../../../core/wire/health.ts";
import type { SystemFacts } from "../../../core/wire/system_facts.ts";

const HEALTH: Omit<Health, "metrics"> = {
  ...{ status: "ok", database: "connected", provider: "ssi", data_status: "live" },
  feed: {
    ...{ provider: "ssi", replay: false, state: "live", connected: true, reason: null },
    since: "2026-11-20T09:00:00.000+07:00",
    as_of: "2026-11-20T10:00:00.000+07:00",
    trading_date: "2026-11-20",
    phases: {
      HOSE: "continuous",
      HNX: "continuous",
      UPCOM: "continuous",
      DERIVATIVES: "continuous",
    },
    recorded: true,
  },
  journal: { frames: 1_200, bytes: 8_800_000, damaged: 0, write_errors: 0, writable: true },
  store: {
    ...{ state: "ready", reason: null, backend: "embedded", server_version: "16.14" },
    ...{ timescale_version: null, timescale_license: null, schema: "0001_history" },
    ...{ layout: "partitions", stray_rows: 0, backfill: null },
  },
  ...{ uptime_seconds: 3_725, memory_bytes: 600e6, version: "0.1.0", deno_version: "2.9.6" },
};

const SESSION: SessionCertificate = {
  trading_date: "2026-11-19",
  archived_at: "2026-11-19T15:05:01.000+07:00",
  boards: {},
  indices: {},
  alerts: {
    volume_spike: 3,
    price_breakout: 1,
    foreign_acceleration: 0,
    basis_divergence: 2,
    session_event: 4,
  },
  quality: {
    counted_volume: 900,
    missing_volume: 100,
    messages: { accepted: 50, duplicate: 4, stale: 1, conflict: 2, rebased: 1 },
    phase_drifts: [],
  },
};

const WELL: SystemFacts = {
  health: HEALTH,
  figures: { store_pending_rows: 0, store_pending_rows_max: 200_000, bus_dropped_total: 0 },
  sockets: {
    connections: { links: 2, addresses: 1, refused: { origin: 0 } },
    sending: { dropped: { slow: 0 }, bus_gaps: 0 },
    upstream: { last_message_age_ms: 400, attempts: 1 },
    decode: { messages: 9_000, refused: { bad_shape: 0 } },
    gaps: { missing_volume: 0, symbols_with_missing: 0 },
    classifier: { agree: 990, disagree: 10, agreement_pct: 99 },
    publish_delay_ms: { p50: 2, p99: 7 },
  },
  session: null,
};

const words = statusWordsOf("en");

function groupsOf(facts: SystemFacts, lang: "vi" | "en" = "en"): readonly StatusGroup[] {
  return statusGroups(facts, { words: statusWordsOf(lang), style: numberStyleOf(lang) });
}

function itemOf(facts: SystemFacts, group: GroupName, name: string): StatusItem {
  const items = groupsOf(facts).find((one) => one.name === group)!.items;
  return items.find((item) => item.name === name) ?? assert.fail(`no item ${name}`);
}

Deno.test("A server that is well says so in every line, in both languages", () => {
  for (const lang of ["vi", "en"] as const) {
    const items = groupsOf(WELL, lang).flatMap((group) => group.items);
    assert.deepEqual(items.filter(({ level }) => level === "warn" || level === "bad"), []);
    for (const { name, value } of items) {
      assert.doesNotMatch(`${name} ${value}`, /undefined|null|NaN|\{\w+\}/);
    }
  }
});

Deno.test("What is wrong has its level, what to do, and the server's own reason", () => {
  const reason = "the key is not known";
  const refused: SystemFacts = {
    ...WELL,
    health: {
      ...HEALTH,
      feed: { ...HEALTH.feed, state: "refused", connected: false, reason },
      journal: { ...HEALTH.journal, writable: false, damaged: 2 },
      store: { ...HEALTH.store, state: "unreachable", reason: "connection refused" },
    },
  };
  const feed = itemOf(refused, "feed", words.feedState);
  assert.deepEqual([feed.level, feed.reason], ["bad", reason]);
  assert.match(feed.help!, /SSI_CONSUMER_ID/);
  assert.equal(itemOf(refused, "journal", words.recording).level, "bad");
  assert.equal(itemOf(refused, "journal", words.damaged).level, "warn");
  const store = itemOf(refused, "database", words.storeState);
  assert.deepEqual([store.level, store.reason], ["bad", "connection refused"]);
});

Deno.test("Silence is a fault only while the feed should speak, and few trades prove nothing", () => {
  const upstream = { last_message_age_ms: 60_000, attempts: 1 };
  const silent = { ...WELL, sockets: { ...WELL.sockets, upstream } };
  assert.equal(itemOf(silent, "feed", words.lastMessage).level, "warn");
  const closed = { ...HEALTH, feed: { ...HEALTH.feed, state: "closed" as const } };
  assert.equal(itemOf({ ...silent, health: closed }, "feed", words.lastMessage).level, "note");
  const judged = (agree: number, disagree: number) => {
    const classifier = { agree, disagree, agreement_pct: 100 * agree / (agree + disagree) };
    return itemOf(
      { ...WELL, sockets: { ...WELL.sockets, classifier } },
      "quality",
      words.agreement,
    );
  };
  assert.deepEqual([judged(1, 1).level, judged(500, 500).level], ["ok", "warn"]);
});

Deno.test("A part that has not told yet is absent, not zero and not good", () => {
  const journal = { frames: null, bytes: null, damaged: null, write_errors: null, writable: null };
  const untold: SystemFacts = { ...WELL, health: { ...HEALTH, journal }, figures: {} };
  for (const name of [words.recording, words.recorded, words.damaged]) {
    const { value, level } = itemOf(untold, "journal", name);
    assert.deepEqual([value, level], ["–", "note"]);
  }
  assert.equal(itemOf(untold, "database", words.waitingRows).value, "–");
});

Deno.test("The certificate of a session tells how whole it is and what its messages were (N-17)", () => {
  const facts = { ...WELL, session: SESSION };
  const of = (name: string) => itemOf(facts, "certificate", name);
  assert.equal(of(words.session).value, "19/11/2026");
  assert.equal(of(words.archivedAt).value, "15:05:01");
  assert.deepEqual([of(words.counted).value, of(words.counted).level], ["900 (90.0%)", "warn"]);
  assert.deepEqual([of(words.duplicates).value, of(words.duplicates).level], ["5", "note"]);
  assert.deepEqual([of(words.conflicts).value, of(words.conflicts).level], ["3", "warn"]);
  assert.equal(of(words.drifts).level, "ok");
  assert.equal(of(words.alerts).value, "10");
  const whole = { ...SESSION, quality: { ...SESSION.quality, missing_volume: 0 } };
  assert.equal(itemOf({ ...WELL, session: whole }, "certificate", words.counted).level, "ok");
  assert.equal(itemOf(WELL, "certificate", words.noCertificate).value, "–");
});
