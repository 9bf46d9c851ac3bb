import assert from "node:assert/strict";
import { createLogger, type LoggerOptions } from "../../core/log.ts";
import { Secret } from "../../core/secret.ts";

const CANARY = "canary-51c9";

/** A logger on a hand-set clock that keeps its lines. */
function recorder(options: Partial<LoggerOptions> = {}) {
  const clock = { ms: Date.UTC(2026, 10, 20, 7, 5, 9) };
  const lines: string[] = [];
  const log = createLogger({
    level: "debug",
    nowMs: () => clock.ms,
    write: (line) => lines.push(line),
    ...options,
  });
  const records = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, records, clock };
}

Deno.test("a log line is one JSON object that opens with ts, level and event", () => {
  const { log, lines } = recorder();
  log.info("feed_connected", { gapMs: 1840, host: "a\nb" });
  assert.deepEqual(lines, [
    '{"ts":"2026-11-20T07:05:09.000Z","level":"info","event":"feed_connected","gapMs":1840,"host":"a\\nb"}',
  ]);
});

Deno.test("levels below the threshold are not written", () => {
  const { log, records } = recorder({ level: "warn" });
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  assert.deepEqual(records().map((r) => r.event), ["c", "d"]);
});

Deno.test("bound fields are on every line, and a line's own fields win over them", () => {
  const { log, records } = recorder({ bind: { part: "web" } });
  log.bind({ requestId: "r1" }).info("request_served", { part: "api" });
  assert.equal(records()[0]!.requestId, "r1");
  assert.equal(records()[0]!.part, "api");
});

Deno.test("fields cannot forge the time, the level or the event", () => {
  const { log, records } = recorder();
  log.warn("real", { ts: "x", level: "debug", event: "forged" });
  const { ts, level, event } = records()[0]!;
  assert.deepEqual([ts, level, event], ["2026-11-20T07:05:09.000Z", "warn", "real"]);
});

Deno.test("no secret reaches a line, by type or by the name of its key, at any depth", () => {
  const { log, lines } = recorder();
  log.info("x", { credentials: new Secret(CANARY), list: [{ deep: new Secret(CANARY) }] });
  log.info("x", { consumerSecret: CANARY, accessToken: CANARY, PASSWORD: CANARY });
  log.info("x", { headers: { Authorization: CANARY, tokens: [CANARY] } });
  assert.equal(lines.length, 3);
  for (const line of lines) assert.ok(!line.includes(CANARY), line);
});

Deno.test("a key that smells of a secret may still say whether there is one", () => {
  const { log, records } = recorder();
  log.info("x", { hasToken: true, token: null });
  assert.deepEqual([records()[0]!.hasToken, records()[0]!.token], [true, null]);
});

Deno.test("the same error is written once in ten seconds, then with the count of its repeats", () => {
  const { log, records, clock } = recorder();
  for (let i = 0; i < 5; i++) log.error("journal_write_failed", { attempt: i });
  log.error("other_failed");
  clock.ms += 9_999;
  log.error("journal_write_failed");
  clock.ms += 1;
  log.error("journal_write_failed", { attempt: 6 });
  const seen = records().map(({ event, attempt, repeated }) => [event, attempt, repeated]);
  assert.deepEqual(seen, [
    ["journal_write_failed", 0, undefined],
    ["other_failed", undefined, undefined],
    ["journal_write_failed", 6, 5],
  ]);
});

Deno.test("repeats of an error that has stopped are told with the next line of any kind", () => {
  const { log, records, clock } = recorder();
  log.error("a_failed");
  log.error("a_failed");
  clock.ms += 10_000;
  log.info("b_done");
  log.info("c_done");
  const seen = records().map(({ event, repeated }) => [event, repeated]);
  assert.deepEqual(seen, [["a_failed", undefined], ["a_failed", 1], ["b_done", undefined], [
    "c_done",
    undefined,
  ]]);
});

Deno.test("warnings and news are never held back", () => {
  const { log, lines } = recorder();
  for (let i = 0; i < 3; i++) log.warn("feed_lost");
  for (let i = 0; i < 3; i++) log.info("feed_lost");
  assert.equal(lines.length, 6);
});

Deno.test("beyond the limit of different errors nothing is dropped", () => {
  const { log, lines } = recorder();
  for (let i = 0; i < 300; i++) log.error(`e${i}`);
  log.error("e299");
  assert.equal(lines.length, 301);
});

Deno.test("errors, big integers, loops and long texts are written, not thrown", () => {
  const { log, lines, records } = recorder();
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  log.warn("a", { error: new TypeError("Cannot read x"), big: 12n });
  log.warn("b", { loop });
  log.warn("c", { text: "x".repeat(5_000) });
  assert.equal(records()[0]!.error, "TypeError: Cannot read x");
  assert.equal(records()[0]!.big, "12");
  assert.match(String(records()[1]!.fieldsProblem), /circular/);
  assert.match(String(records()[2]!.text), /^x{2000}… \(5000 chars\)$/);
  assert.equal(lines.length, 3);
});

Deno.test("lines that the console refuses are counted on the next one that it takes", () => {
  let broken = true;
  const lines: string[] = [];
  const { log } = recorder({
    write: (line) => {
      if (broken) throw new Deno.errors.BrokenPipe("gone");
      lines.push(line);
    },
  });
  log.info("a");
  log.info("b");
  broken = false;
  log.info("c");
  log.info("d");
  assert.deepEqual(lines.map((line) => JSON.parse(line).lost), [2, undefined]);
});

Deno.test("on a terminal a line is short and in Viet Nam time, and still holds no secret", () => {
  const { log, lines } = recorder({ human: true });
  log.warn("feed_lost", { gapMs: 1840, why: "no frame", token: CANARY, esc: "\u001b[2J" });
  assert.deepEqual(lines, [
    '14:05:09 warn  feed_lost gapMs=1840 why="no frame" token="[secret]" esc="\\u001b[2J"',
  ]);
});
