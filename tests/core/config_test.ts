import assert from "node:assert/strict";
import { Secret } from "../../core/secret.ts";
import fc from "fast-check";
import { parseNetwork } from "../../core/ip.ts";
import { type Config, explainProblems, parseConfig, VARIABLES } from "../../core/config.ts";

type Env = Record<string, string | undefined>;
const KEY = { SSI_CONSUMER_ID: "id-1", SSI_CONSUMER_SECRET: "secret-1" };
const LOCAL = { SSI_BASE_URL: "http://127.0.0.1:9100", SSI_STREAM_URL: "http://localhost:9100/" };

function configOf(env: Env): Config {
  const parsed = parseConfig(env);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.config;
}

/** Names of the variables that stop the start. */
function refused(env: Env): string[] {
  const parsed = parseConfig(env);
  return parsed.ok ? [] : parsed.problems.map(({ variable }) => variable);
}

function warned(env: Env): string[] {
  return configOf(env).warnings.map((warning) => warning.variable);
}

Deno.test("an empty environment gives the documented defaults and the simulated exchange", () => {
  const config = configOf({});
  assert.deepEqual(config.app, { host: "127.0.0.1", port: 8000, corsOrigins: [] });
  assert.equal(config.proxies.hops, 0);
  assert.deepEqual(config.data, { dir: "./data", journalBytesMax: 20_480 * 1_048_576 });
  assert.equal(config.logLevel, "info");
  assert.deepEqual(config.feed, {
    source: "own-sim",
    provider: "sim",
    credentials: null,
    baseUrl: "https://fc-data.ssi.com.vn",
    streamUrl: "https://fc-datahub.ssi.com.vn",
    classifier: "feed",
    spikeMinVnd: 1_000_000_000,
    futuresOverride: [],
    extraSymbols: [],
    channelRIntervalMs: 1_000,
    carry: { ratePct: 4.5, dividendPct: 1.5, costPct: 0.1 },
  });
  assert.deepEqual(config.sim, {
    speed: 1,
    seed: 20261120,
    scenario: "normal",
    profile: "wild",
    start: "open",
    port: 0,
  });
  assert.deepEqual(config.ws, {
    heartbeatIntervalMs: 30_000,
    heartbeatTimeoutMs: 10_000,
    throttleIntervalMs: 500,
    queueSize: 50,
    authToken: null,
    connectionsMax: 1_000,
    connectionsPerIpMax: 5,
    gateways: 0,
    port: 8001,
    url: null,
  });
  assert.deepEqual(config.database, {
    ...{ address: "embedded", poolMin: 2, poolMax: 10 },
    backfillOnStart: "auto",
  });
  assert.deepEqual(config.warnings, []);
});

Deno.test("an empty or blank variable counts as absent", () => {
  const blank = Object.fromEntries(VARIABLES.map((name, i) => [name, i % 2 === 0 ? "" : "  "]));
  assert.deepEqual(configOf(blank), configOf({}));
});

Deno.test("a key selects SSI, and addresses on this machine a simulated service", () => {
  assert.deepEqual(pick(configOf(KEY)), ["ssi", "ssi"]);
  assert.deepEqual(pick(configOf({ ...KEY, ...LOCAL })), ["external-sim", "sim"]);
  assert.deepEqual(pick(configOf(LOCAL)), ["external-sim", "sim"]);
  assert.equal(configOf({ ...KEY, ...LOCAL }).feed.streamUrl, "http://localhost:9100");
  assert.equal(configOf(KEY).feed.credentials?.secret.reveal(), "secret-1");
  function pick({ feed }: Config) {
    return [feed.source, feed.provider];
  }
});

Deno.test("half a key stops the start and names the missing half", () => {
  assert.deepEqual(refused({ SSI_CONSUMER_ID: "x" }), ["SSI_CONSUMER_SECRET"]);
  assert.deepEqual(refused({ SSI_CONSUMER_SECRET: "x" }), ["SSI_CONSUMER_ID"]);
});

Deno.test("one real and one simulated address stop the start", () => {
  assert.deepEqual(refused({ ...KEY, SSI_BASE_URL: LOCAL.SSI_BASE_URL }), ["SSI_STREAM_URL"]);
  assert.deepEqual(refused({ ...KEY, SSI_STREAM_URL: LOCAL.SSI_STREAM_URL }), ["SSI_BASE_URL"]);
});

Deno.test("a minimum above its maximum stops the start", () => {
  assert.deepEqual(refused({ DB_POOL_MIN: "11" }), ["DB_POOL_MIN"]);
  assert.deepEqual(refused({ DB_POOL_MIN: "4", DB_POOL_MAX: "4" }), []);
  assert.deepEqual(refused({ WS_HEARTBEAT_TIMEOUT: "31" }), ["WS_HEARTBEAT_TIMEOUT"]);
});

Deno.test("every form takes its good values", () => {
  const config = configOf({
    LOG_LEVEL: "WARN",
    DEBUG: "Yes",
    CORS_ORIGINS: "https://a.vn, http://localhost:3000",
    FUTURES_OVERRIDE: "41I1GC000,vn30f2612",
    EXTRA_SYMBOLS: "ssi, VND",
    SIM_SPEED: "max",
    SIM_START: "13:05",
    SIM_SCENARIO: "sell-off",
    WS_HEARTBEAT_INTERVAL: "30.5",
    CLASSIFIER: "quote",
    FAIR_RATE_PCT: "6",
    FAIR_DIVIDEND_PCT: "0",
    FAIR_COST_PCT: "0.0525",
    TRUSTED_HOPS: "2",
    TRUSTED_PROXIES: "10.0.0.0/8, 2001:db8::1",
  });
  assert.equal(config.logLevel, "warn");
  assert.equal(config.debug, true);
  assert.deepEqual(config.app.corsOrigins, ["https://a.vn", "http://localhost:3000"]);
  assert.deepEqual(config.feed.futuresOverride, ["41I1GC000", "VN30F2612"]);
  assert.deepEqual(config.feed.extraSymbols, ["SSI", "VND"]);
  assert.deepEqual(config.feed.carry, { ratePct: 6, dividendPct: 0, costPct: 0.0525 });
  assert.deepEqual(config.proxies, {
    hops: 2,
    networks: [parseNetwork("10.0.0.0/8"), parseNetwork("2001:db8::1")],
  });
  assert.equal(config.sim.speed, "max");
  assert.deepEqual(config.sim.start, { secondOfDay: 13 * 3600 + 300 });
  assert.equal(config.ws.heartbeatIntervalMs, 30_500);
  assert.equal(configOf({ DEBUG: "1" }).logLevel, "debug");
});

Deno.test("a value out of form stops the start and names its variable", () => {
  const bad: [string, string][] = [
    ["APP_PORT", "65536"],
    ["APP_PORT", "-1"],
    ["APP_PORT", "80a"],
    ["APP_PORT", "1e3"],
    ["APP_HOST", "http://x"],
    ["APP_HOST", "a b"],
    ["DEBUG", "maybe"],
    ["LOG_LEVEL", "loud"],
    ["CORS_ORIGINS", "*"],
    ["CORS_ORIGINS", "https://a.vn/path"],
    ["CORS_ORIGINS", "https://a.vn,"],
    ["SSI_BASE_URL", "http://fc-data.ssi.com.vn"],
    ["SSI_BASE_URL", "fc-data.ssi.com.vn"],
    ["SSI_BASE_URL", "https://user:pw@host"],
    ["SSI_STREAM_URL", "ftp://127.0.0.1"],
    ["FUTURES_OVERRIDE", "41I1GI000"],
    ["EXTRA_SYMBOLS", "A;B"],
    ["SIM_SPEED", "2"],
    ["SIM_START", "25:00"],
    ["SIM_SCENARIO", "crash"],
    ["WS_AUTH_TOKEN", "short"],
    ["WS_AUTH_TOKEN", "with space in it"],
    ["WS_THROTTLE_INTERVAL_MS", "0"],
    ["DATABASE_URL", "mysql://x"],
    ["BACKFILL_ON_START", "yes"],
    ["BUS_URL", "amqp://x"],
    ["BUS_URL", "nats:"],
    ["BUS_TICKERS", "maybe"],
    ["INGEST_PORT", "65536"],
    ["JOURNAL_MAX_MB", "1"],
    ["RETENTION_TRADES_DAYS", "-1"],
    ["RETENTION_SNAPSHOTS_DAYS", "1.5"],
    ["CLASSIFIER", "magic"],
    ["FAIR_RATE_PCT", "50.1"],
    ["FAIR_RATE_PCT", "-1"],
    ["FAIR_RATE_PCT", "4,5"],
    ["FAIR_DIVIDEND_PCT", "1.5%"],
    ["FAIR_COST_PCT", "10.0001"],
    ["TRUSTED_HOPS", "6"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["TRUSTED_PROXIES", "proxy.local"],
    ["WS_MAX_CONNECTIONS", "0"],
  ];
  for (const [name, value] of bad) assert.deepEqual(refused({ [name]: value }), [name], value);
});

Deno.test("all wrong variables are told at once, each with the wanted form", () => {
  const parsed = parseConfig({ APP_PORT: "x", LOG_LEVEL: "y" });
  assert.ok(!parsed.ok);
  assert.equal(
    explainProblems(parsed.problems),
    "APP_PORT wants a whole number from 0 to 65535; LOG_LEVEL wants one of debug, info, warn, error",
  );
});

Deno.test("a wrong rate is answered with the wanted form (N-09)", () => {
  const parsed = parseConfig({ FAIR_RATE_PCT: "high" });
  assert.ok(!parsed.ok);
  assert.equal(
    explainProblems(parsed.problems),
    "FAIR_RATE_PCT wants per cent from 0 to 50, such as 4.5",
  );
});

Deno.test("no message repeats a value, whatever is wrong with it", () => {
  const canary = "canary 8d2f ://";
  for (const name of VARIABLES) {
    const told = JSON.stringify(parseConfig({ [name]: canary, ...pair(name) }));
    // Any text is a good path, so that one becomes a setting; nothing else takes the canary.
    if (name !== "DATA_DIR") assert.ok(!told.includes("8d2f"), `${name}: ${told}`);
  }
  function pair(name: string): Env {
    if (name === "SSI_CONSUMER_ID") return { SSI_CONSUMER_SECRET: "canary-8d2f" };
    return name === "SSI_CONSUMER_SECRET" ? { SSI_CONSUMER_ID: "id" } : {};
  }
});

Deno.test("settings that hold secrets can be printed whole", () => {
  const config = configOf({
    SSI_CONSUMER_ID: "id",
    SSI_CONSUMER_SECRET: "canary-8d2f",
    WS_AUTH_TOKEN: "canary-8d2f",
    DATABASE_URL: "postgres://u:canary-8d2f@h/d",
    BUS_URL: "nats://u:canary-8d2f@h:4222",
  });
  const views = [JSON.stringify(config), Deno.inspect(config, { depth: 9, showHidden: true })];
  for (const view of views) assert.ok(!view.includes("8d2f"), view);
  const { address } = config.database;
  assert.ok(address instanceof Secret);
  assert.equal(address.reveal(), "postgres://u:canary-8d2f@h/d");
});

Deno.test("any text in any variables is judged, never thrown", () => {
  const env = fc.dictionary(fc.constantFrom(...VARIABLES), fc.string({ unit: "binary" }));
  fc.assert(fc.property(env, (given) => {
    const parsed = parseConfig(given);
    if (!parsed.ok) { for (const p of parsed.problems) assert.ok(VARIABLES.includes(p.variable)); }
  }));
});

Deno.test("a misspelt variable of ours is warned of, other programs' variables are not", () => {
  assert.deepEqual(warned({ WS_THROTLE: "1", SIM_SPED: "1", SSI_ID: "x", HOME: "/", APP: "y" }), [
    "WS_THROTLE",
    "SIM_SPED",
    "SSI_ID",
  ]);
});

Deno.test("old names and settings without effect are taken with a warning", () => {
  assert.deepEqual(warned({ WS_BROADCAST_INTERVAL: "1.0" }), ["WS_BROADCAST_INTERVAL"]);
  assert.deepEqual(warned({ WS_MAX_QUEUE_SIZE: "100" }), ["WS_MAX_QUEUE_SIZE"]);
  assert.equal(configOf({ WS_MAX_QUEUE_SIZE: "100" }).ws.queueSize, 100);
  assert.equal(configOf({ WS_MAX_QUEUE_SIZE: "100", WS_QUEUE_SIZE: "7" }).ws.queueSize, 7);
  assert.deepEqual(warned({ SSI_BASE_URL: "https://other.example" }), ["SSI_BASE_URL"]);
});

Deno.test("Beyond this machine nobody is a proxy who was not named, and names without hops are warned of", () => {
  const open = {
    APP_HOST: "0.0.0.0",
    WS_AUTH_TOKEN: "long-enough",
    TRUSTED_HOPS: "1",
    WS_GATEWAYS: "1",
  };
  assert.deepEqual(refused(open), ["TRUSTED_PROXIES"]);
  assert.deepEqual(warned({ ...open, TRUSTED_PROXIES: "10.0.0.1" }), []);
  assert.deepEqual(configOf({ TRUSTED_HOPS: "1" }).proxies.networks, [
    parseNetwork("127.0.0.0/8"),
    parseNetwork("::1"),
  ]);
  assert.deepEqual(warned({ TRUSTED_PROXIES: "10.0.0.1" }), ["TRUSTED_PROXIES"]);
});

Deno.test("listening beyond this machine without a token, or without gateways, is warned of", () => {
  const open = { APP_HOST: "0.0.0.0", WS_GATEWAYS: "2" };
  assert.deepEqual(warned(open), ["WS_AUTH_TOKEN"]);
  assert.deepEqual(warned({ ...open, WS_AUTH_TOKEN: "long-enough" }), []);
  assert.deepEqual(warned({ ...open, WS_GATEWAYS: "0", WS_AUTH_TOKEN: "long-enough" }), [
    "WS_GATEWAYS",
  ]);
  assert.deepEqual(warned({ APP_HOST: "localhost" }), []);
  assert.deepEqual(warned({ APP_HOST: "::1" }), []);
});

Deno.test("gateways need a port of their own, and let more sockets in", () => {
  assert.deepEqual(refused({ WS_GATEWAYS: "1", WS_PORT: "8000" }), ["WS_PORT"]);
  assert.deepEqual(refused({ WS_GATEWAYS: "0", WS_PORT: "8000" }), []);
  assert.deepEqual(refused({ WS_GATEWAYS: "1", WS_PORT: "0", APP_PORT: "0" }), []);
  assert.equal(configOf({ WS_GATEWAYS: "1" }).ws.connectionsMax, 10_000);
  assert.equal(configOf({ WS_GATEWAYS: "1", WS_MAX_CONNECTIONS: "7" }).ws.connectionsMax, 7);
});

Deno.test("the address of the sockets behind a proxy is one of a socket, and nothing more", () => {
  assert.equal(
    configOf({ WS_URL: "wss://board.example.vn/ws" }).ws.url,
    "wss://board.example.vn/ws",
  );
  for (
    const bad of ["https://b.vn/ws", "wss://b.vn", "wss://b.vn/ws?x=1", "wss://u:p@b.vn/ws", "/ws"]
  ) assert.deepEqual(refused({ WS_URL: bad }), ["WS_URL"], bad);
});
