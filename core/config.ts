import { z } from "zod";
import * as form from "./config_forms.ts";
import { SIM_PROFILES } from "./exchange/quirks.ts";
import { SCENARIOS } from "./exchange/types.ts";
import { type Network, parseNetwork } from "./ip.ts";
import { LOG_LEVELS, type LogLevel } from "./log.ts";
import type { Secret } from "./secret.ts";

const SSI_BASE_URL = "https://fc-data.ssi.com.vn";
const SSI_STREAM_URL = "https://fc-datahub.ssi.com.vn";
const BACKFILL_ON_START = ["auto", "on", "off"] as const;
const BYTES_PER_MB = 1_048_576;
const LOOPBACK: readonly Network[] = [parseNetwork("127.0.0.0/8")!, parseNetwork("::1")!];

/** Every variable the program reads; an empty one counts as absent. */
const Environment = z.object({
  SSI_CONSUMER_ID: form.keyName.optional(),
  SSI_CONSUMER_SECRET: form.keySecret.optional(),
  SSI_BASE_URL: form.serviceUrl.optional(),
  SSI_STREAM_URL: form.serviceUrl.optional(),
  CLASSIFIER: form.oneOf("feed", "quote").default("feed"),
  ALERT_SPIKE_MIN_VND: form.integer(0, 1_000_000_000_000).default(1_000_000_000),
  FUTURES_OVERRIDE: form.futuresCodes.default([]),
  EXTRA_SYMBOLS: form.symbols.default([]),
  CHANNEL_R_INTERVAL_MS: form.integer(0, 60_000).default(1_000),
  FAIR_RATE_PCT: form.percent(0, 50).default(4.5),
  // About what the members of VN30 pay in cash a year.
  FAIR_DIVIDEND_PCT: form.percent(0, 50).default(1.5),
  FAIR_COST_PCT: form.percent(0, 10).default(0.1),
  APP_HOST: form.host.default("127.0.0.1"),
  APP_PORT: form.integer(0, 65_535).default(8000),
  DATA_DIR: form.path.default("./data"),
  JOURNAL_MAX_MB: form.integer(64, 10_000_000).default(20_480),
  DEBUG: form.flag.default(false),
  LOG_LEVEL: form.oneOf(...LOG_LEVELS).optional(),
  CORS_ORIGINS: form.origins.default([]),
  TRUSTED_HOPS: form.integer(0, 5).default(0),
  TRUSTED_PROXIES: form.networks.optional(),
  WS_HEARTBEAT_INTERVAL: form.secondsAsMs(1, 3_600).default(30_000),
  WS_HEARTBEAT_TIMEOUT: form.secondsAsMs(1, 3_600).default(10_000),
  WS_THROTTLE_INTERVAL_MS: form.integer(50, 60_000).default(500),
  WS_QUEUE_SIZE: form.integer(1, 100_000).optional(),
  WS_MAX_QUEUE_SIZE: form.integer(1, 100_000).optional(),
  WS_BROADCAST_INTERVAL: form.secondsAsMs(0, 3_600).optional(),
  WS_AUTH_TOKEN: form.urlToken.optional(),
  WS_MAX_CONNECTIONS: form.integer(1, 1_000_000).optional(),
  WS_GATEWAYS: form.integer(0, 16).default(0),
  WS_PORT: form.integer(0, 65_535).default(8001),
  WS_URL: form.socketUrl.optional(),
  WS_MAX_CONNECTIONS_PER_IP: form.integer(1, 100_000).default(5),
  SIM_SPEED: form.simSpeed.default(1),
  SIM_SEED: form.integer(0, 4_294_967_295).default(20261120),
  SIM_SCENARIO: form.oneOf(...SCENARIOS).default("normal"),
  SIM_PROFILE: form.oneOf(...SIM_PROFILES).default("wild"),
  SIM_START: form.simStart.default("open"),
  SIM_PORT: form.integer(0, 65_535).default(0),
  BUS_URL: form.busUrl.optional(),
  BUS_TICKERS: form.flag.optional(),
  INGEST_PORT: form.integer(0, 65_535).default(8001),
  DATABASE_URL: form.databaseUrl.optional(),
  BACKFILL_ON_START: form.oneOf(...BACKFILL_ON_START).default("auto"),
  DB_POOL_MIN: form.integer(0, 1_000).default(2),
  DB_POOL_MAX: form.integer(1, 1_000).default(10),
  RETENTION_TRADES_DAYS: form.integer(0, 100_000).default(0),
  RETENTION_SNAPSHOTS_DAYS: form.integer(0, 100_000).default(90),
});

type Values = z.output<typeof Environment>;

/** Names of the variables that the program reads. */
export const VARIABLES: readonly string[] = Object.keys(Environment.shape);

/** A variable that is not as wanted; it never holds the value, which may be a secret. */
export interface ConfigProblem {
  readonly variable: string;
  /** The wanted form, to be read after "wants". */
  readonly wanted: string;
}

/** Something odd that does not stop the start. */
export interface ConfigWarning {
  readonly variable: string;
  readonly why: string;
}

type Settings = ReturnType<typeof toConfig>;

/** The settings of the whole program. */
export type Config = { readonly [K in keyof Settings]: Readonly<Settings[K]> };

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Reads the settings from an environment; it never throws and reads nothing else. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): ParsedConfig {
  const given = Object.fromEntries(
    Object.entries(env).map(([name, text]) => [name, text?.trim() || undefined]),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      variable: String(path[0]),
      wanted: message,
    }));
    return { ok: false, problems };
  }
  const problems = disagreements(parsed.data);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, config: toConfig(parsed.data, warningsOf(parsed.data, Object.keys(given))) };
}

/** One line that says everything that stops the start. */
export function explainProblems(problems: readonly ConfigProblem[]): string {
  return problems.map(({ variable, wanted }) => `${variable} wants ${wanted}`).join("; ");
}

/** Rules across variables. */
function disagreements(v: Values): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const must = (variable: string, wanted: string) => problems.push({ variable, wanted });
  if (v.SSI_CONSUMER_ID !== undefined && v.SSI_CONSUMER_SECRET === undefined) {
    must("SSI_CONSUMER_SECRET", "a value too, because SSI_CONSUMER_ID is set");
  }
  if (v.SSI_CONSUMER_ID === undefined && v.SSI_CONSUMER_SECRET !== undefined) {
    must("SSI_CONSUMER_ID", "a value too, because SSI_CONSUMER_SECRET is set");
  }
  // One real and one simulated address would put simulated data beside real data.
  if (isLocal(v.SSI_BASE_URL) !== isLocal(v.SSI_STREAM_URL)) {
    const real = isLocal(v.SSI_BASE_URL) ? "SSI_STREAM_URL" : "SSI_BASE_URL";
    must(real, "an address on this machine, like the other of SSI_BASE_URL and SSI_STREAM_URL");
  }
  if (v.WS_GATEWAYS > 0 && v.WS_PORT !== 0 && v.WS_PORT === v.APP_PORT) {
    must("WS_PORT", "another port than APP_PORT, because WS_GATEWAYS is set");
  }
  if (v.DB_POOL_MIN > v.DB_POOL_MAX) must("DB_POOL_MIN", "at most DB_POOL_MAX");
  // Anyone who reaches the port could otherwise say that he is a proxy, and speak for any address.
  if (v.TRUSTED_HOPS > 0 && v.TRUSTED_PROXIES === undefined && !form.isLoopback(v.APP_HOST)) {
    must("TRUSTED_PROXIES", "the addresses of your proxies, because TRUSTED_HOPS is set");
  }
  if (v.WS_HEARTBEAT_TIMEOUT > v.WS_HEARTBEAT_INTERVAL) {
    must("WS_HEARTBEAT_TIMEOUT", "at most WS_HEARTBEAT_INTERVAL");
  }
  return problems;
}

function isLocal(url: string | undefined): boolean {
  return url !== undefined && form.isLoopback(new URL(url).hostname);
}

function warningsOf(v: Values, names: readonly string[]): ConfigWarning[] {
  const warnings: ConfigWarning[] = [];
  const warn = (variable: string, why: string) => warnings.push({ variable, why });
  for (const name of names) {
    if (!/^(BUS|SSI|SIM|TRUSTED|WS)_/.test(name) || VARIABLES.includes(name)) continue;
    warn(name, "not a variable of this program: see .env.example for the names");
  }
  if (v.TRUSTED_PROXIES !== undefined && v.TRUSTED_HOPS === 0) {
    warn("TRUSTED_PROXIES", "no effect while TRUSTED_HOPS is 0");
  }
  if (v.WS_BROADCAST_INTERVAL !== undefined) {
    warn("WS_BROADCAST_INTERVAL", "no effect: data is pushed on change (WS_THROTTLE_INTERVAL_MS)");
  }
  if (v.WS_MAX_QUEUE_SIZE !== undefined) {
    const kept = v.WS_QUEUE_SIZE === undefined ? "read as" : "overruled by";
    warn("WS_MAX_QUEUE_SIZE", `old name, ${kept} WS_QUEUE_SIZE`);
  }
  const ownAddress = (v.SSI_BASE_URL ?? SSI_BASE_URL) !== SSI_BASE_URL;
  if (v.SSI_CONSUMER_ID === undefined && ownAddress && !isLocal(v.SSI_BASE_URL)) {
    warn("SSI_BASE_URL", "no effect without SSI_CONSUMER_ID: the simulated exchange is used");
  }
  if (!form.isLoopback(v.APP_HOST) && v.WS_AUTH_TOKEN === undefined) {
    warn("WS_AUTH_TOKEN", "empty while APP_HOST lets other machines in");
  }
  if (!form.isLoopback(v.APP_HOST) && v.WS_GATEWAYS === 0) {
    warn(
      "WS_GATEWAYS",
      "0 while APP_HOST lets other machines in: sockets beside the pages cannot limit the size of " +
        "a message or end a peer that does not answer",
    );
  }
  return warnings;
}

/** Whether the feed speaks to SSI, to a simulated service that runs elsewhere, or starts its own. */
function sourceOf(v: Values): "ssi" | "external-sim" | "own-sim" {
  if (isLocal(v.SSI_BASE_URL)) return "external-sim";
  return v.SSI_CONSUMER_ID === undefined ? "own-sim" : "ssi";
}

/** Null for one process that does everything. */
function busOf({ BUS_URL: url, BUS_TICKERS }: Values) {
  if (url === undefined) return null;
  // Whether programs of others are told of each ticker; by old custom they are on Redis.
  return { url, tellsTickers: BUS_TICKERS ?? url.reveal().startsWith("redis:") };
}

function toConfig(v: Values, warnings: readonly ConfigWarning[]) {
  const source = sourceOf(v);
  const credentials: { readonly id: string; readonly secret: Secret } | null =
    v.SSI_CONSUMER_ID !== undefined && v.SSI_CONSUMER_SECRET !== undefined
      ? { id: v.SSI_CONSUMER_ID, secret: v.SSI_CONSUMER_SECRET }
      : null;
  const logLevel: LogLevel = v.LOG_LEVEL ?? (v.DEBUG ? "debug" : "info");
  return {
    warnings,
    debug: v.DEBUG,
    logLevel,
    app: { host: v.APP_HOST, port: v.APP_PORT, corsOrigins: v.CORS_ORIGINS },
    /** Proxies before the server; beside it when nothing is said. */
    proxies: { hops: v.TRUSTED_HOPS, networks: v.TRUSTED_PROXIES ?? LOOPBACK },
    data: { dir: v.DATA_DIR, journalBytesMax: v.JOURNAL_MAX_MB * BYTES_PER_MB },
    bus: busOf(v),
    ingest: { port: v.INGEST_PORT },
    database: {
      /** `embedded` for our own server, `off` for no history at all. */
      address: v.DATABASE_URL ?? ("embedded" as const),
      poolMin: v.DB_POOL_MIN,
      poolMax: v.DB_POOL_MAX,
      /** Whether the start fills in the past; `auto` is that of a simulated exchange. */
      backfillOnStart: v.BACKFILL_ON_START,
    },
    /** Days that `deno task prune` leaves; 0 keeps all. */
    retention: { tradesDays: v.RETENTION_TRADES_DAYS, snapshotsDays: v.RETENTION_SNAPSHOTS_DAYS },
    feed: {
      source,
      provider: source === "ssi" ? "ssi" as const : "sim" as const,
      /** Null when there is no key; a simulated service takes any. */
      credentials,
      baseUrl: v.SSI_BASE_URL ?? SSI_BASE_URL,
      streamUrl: v.SSI_STREAM_URL ?? SSI_STREAM_URL,
      classifier: v.CLASSIFIER,
      /** Value in VND from which a trade can be a volume spike. */
      spikeMinVnd: v.ALERT_SPIKE_MIN_VND,
      futuresOverride: v.FUTURES_OVERRIDE,
      extraSymbols: v.EXTRA_SYMBOLS,
      /** Taken for compatibility: foreign flow leaves with the tick that it arrives in. */
      channelRIntervalMs: v.CHANNEL_R_INTERVAL_MS,
      /** What the fair value of futures is computed with. */
      carry: {
        ratePct: v.FAIR_RATE_PCT,
        dividendPct: v.FAIR_DIVIDEND_PCT,
        costPct: v.FAIR_COST_PCT,
      },
    },
    sim: {
      speed: v.SIM_SPEED,
      seed: v.SIM_SEED,
      scenario: v.SIM_SCENARIO,
      profile: v.SIM_PROFILE,
      start: v.SIM_START,
      /** 0 takes a free port. */
      port: v.SIM_PORT,
    },
    ws: socketSettings(v),
  };
}

function socketSettings(v: Values) {
  return {
    heartbeatIntervalMs: v.WS_HEARTBEAT_INTERVAL,
    heartbeatTimeoutMs: v.WS_HEARTBEAT_TIMEOUT,
    throttleIntervalMs: v.WS_THROTTLE_INTERVAL_MS,
    /** Taken for compatibility: the hub keeps no queue per client. */
    queueSize: v.WS_QUEUE_SIZE ?? v.WS_MAX_QUEUE_SIZE ?? 50,
    /** Null when sockets need no token. */
    authToken: v.WS_AUTH_TOKEN ?? null,
    connectionsMax: v.WS_MAX_CONNECTIONS ?? (v.WS_GATEWAYS === 0 ? 1_000 : 10_000),
    /** Workers that serve sockets on a port of their own; 0 serves them beside the pages. */
    gateways: v.WS_GATEWAYS,
    /** 0 takes a free one. */
    port: v.WS_PORT,
    /** What pages are told where a proxy stands before the sockets. */
    url: v.WS_URL ?? null,
    connectionsPerIpMax: v.WS_MAX_CONNECTIONS_PER_IP,
  };
}
