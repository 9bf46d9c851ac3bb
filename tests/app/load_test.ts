import assert from "node:assert/strict";
import { LoadClient } from "../../core/tasks/load/client.ts";
import { compareViews } from "../../core/tasks/load/equality.ts";
import { FrameReader } from "../../core/tasks/load/frame_reader.ts";
import { LoadView } from "../../core/tasks/load/view.ts";
import { parseLoadArgs, type Scenario } from "../../core/tasks/load/plan.ts";
import { figuresOf, isGood, tableOf } from "../../core/tasks/load/report.ts";
import { runLoad } from "../../core/tasks/load/run.ts";
import { Samples, Tally } from "../../core/tasks/load/tally.ts";
import { maskOf } from "../../core/wire/mask.ts";
import { until } from "../core/gateway/test_server.ts";
import { withApp } from "../support/app.ts";

const CLIENTS = 20;
const TOKEN = "a.long-token_1";
const URL_OF_OURS = "ws://127.0.0.1:8000/ws";
const SNAPSHOT = { k: "s", c: "index", e: "e1", t: null } as const;
const DELTA = { k: "d", c: "index", e: "e1", t: null } as const;

/** One run against a server on this machine. */
async function load(url: string, scenario: Scenario, ...more: string[]) {
  const args = ["--clients", `${CLIENTS}`, "--scenario", scenario, "--channel", "board:vn30,index"];
  const plan = parseLoadArgs([`${url.replace("http", "ws")}/ws`, ...args, ...more]);
  let shown = 0;
  const result = await runLoad(plan, {
    token: TOKEN,
    progress: () => void shown++,
  });
  const figures = figuresOf(result);
  const ends = [figures.viewsEqual, figures.gaps, figures.live];
  assert.deepEqual(ends, [CLIENTS, 0, CLIENTS], tableOf(result));
  // How fast REST is, is a matter of the machine; that it decides is not.
  assert.equal(isGood(result), figures.rest?.isWithin ?? true);
  assert.ok(shown > 0);
  return figures;
}

Deno.test("deno task load - every scenario does its harm, and every client ends as the server is (F-168, F-096)", async () => {
  const env = { SIM_START: "10:00", WS_AUTH_TOKEN: TOKEN, WS_MAX_CONNECTIONS_PER_IP: "1000" };
  await withApp(env, async ({ url, services }) => {
    const rows = () => services.hub.view().rows("board:vn30");
    await until(() => rows().some(({ last }) => last !== null), "the first trade");
    const stream = await load(url, "stream", "--seconds", "1.2", "--rest");
    assert.ok(stream.deliveries > CLIENTS);
    assert.ok(stream.snapshots >= 2 * CLIENTS);
    // The application's own port does not compress.
    assert.ok(stream.wireBytes > stream.textBytes);
    assert.ok(stream.roundTripP50Ms! > 0 && stream.behindFirstP99Ms! > 0);
    assert.ok(stream.serverCpuSeconds! > 0 && stream.serverMemoryBytes! > 0);
    assert.ok(stream.rest!.answered > 0);
    assert.equal(stream.rest!.failed, 0);
    const burst = await load(url, "burst", "--seconds", "1.5");
    assert.ok(burst.snapshots >= 4 * CLIENTS);
    const storm = await load(url, "storm", "--seconds", "3.5");
    assert.equal(storm.opened, 1.5 * CLIENTS);
    assert.ok(storm.resumed > 0);
    const slow = await load(url, "slow", "--seconds", "1.2");
    assert.ok(slow.pauses >= CLIENTS / 5);
    const stalled = await load(url, "stalled", "--seconds", "1.5");
    assert.equal(stalled.pauses, CLIENTS / 5);
  });
});

Deno.test("deno task load - a view made of deltas has the digest of a snapshot with the same cells, and of no other", () => {
  const [followed, fresh] = [new LoadView(), new LoadView()];
  followed.snapshot({ ...SNAPSHOT, s: 1, i: 0, n: 2, y: ["VN30"], v: [["a"], [1], [null]] });
  assert.equal(followed.isWhole, false);
  followed.snapshot({ ...SNAPSHOT, s: 1, i: 1, n: 2, y: ["VNINDEX"], v: [["b"], [2], [3]] });
  assert.deepEqual(followed.position, { e: "e1", s: 1 });
  const change = { ...DELTA, p: 1, s: 3, d: [0, maskOf([1, 2]), 7, 8, 1, maskOf([2]), null] };
  assert.equal(followed.delta({ ...change, p: 2 }), "gap");
  assert.equal(followed.delta(change), "applied");
  assert.equal(followed.delta(change), "ignored");
  assert.equal(followed.delta({ ...change, e: "e2", s: 9 }), "ignored");
  const columns = [["a", "b"], [7, 2], [8, null]];
  fresh.snapshot({ ...SNAPSHOT, s: 3, y: ["VN30", "VNINDEX"], v: columns });
  assert.equal(followed.digest, fresh.digest);
  assert.equal(followed.digests.get("e1 3"), fresh.digests.get("e1 3"));
  for (const wrong of [[["a", "b"], [2, 7], [8, null]], [["a", "b"], ["7", 2], [8, null]]]) {
    fresh.snapshot({ ...SNAPSHOT, s: 3, y: ["VN30", "VNINDEX"], v: wrong });
    assert.notEqual(followed.digest, fresh.digest);
  }
});

Deno.test("deno task load - a cell that a client lost is found when its view is compared", async () => {
  const tally = new Tally();
  const client = (value: number) => {
    const options = { url: URL_OF_OURS, channels: ["index" as const], rateMs: null, token: null };
    const one = new LoadClient({ ...options, tally, reader: new FrameReader() });
    const view = new LoadView();
    view.snapshot({ ...SNAPSHOT, s: 4, y: ["VN30"], v: [["a"], [value]] });
    one.views.set("index", view);
    return one;
  };
  const equality = await compareViews([client(1), client(2), client(1)], client(1));
  assert.deepEqual(equality, { equal: 2, different: 1, unproved: 0 });
});

Deno.test("deno task load - many samples are thinned out and keep their quantiles", () => {
  const samples = new Samples();
  assert.equal(samples.quantile(0.5), null);
  for (let i = 0; i < 1_200_000; i++) samples.add(i % 1_000);
  assert.equal(samples.count, 1_200_000);
  assert.ok(Math.abs(samples.quantile(0.5)! - 500) < 5);
});

Deno.test("deno task load - asks its own machine unless told that the server is ours", () => {
  const plan = parseLoadArgs([URL_OF_OURS]);
  assert.equal(plan.httpUrl, "http://127.0.0.1:8000");
  assert.deepEqual([plan.clients, plan.scenario, plan.rateMs], [100, "stream", null]);
  const other = "wss://board.example.vn/ws";
  assert.equal(parseLoadArgs([other, "--i-own-this-server"]).httpUrl, "https://board.example.vn");
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /url: an address such as/],
    [[other], /board\.example\.vn is another machine: add --i-own-this-server/],
    [[URL_OF_OURS, "--http", "http://10.0.0.1"], /10\.0\.0\.1 is another machine/],
    [["http://127.0.0.1:8000"], /url: an address such as/],
    [[URL_OF_OURS, URL_OF_OURS], /wanted one address/],
    [[URL_OF_OURS, "--clients", "0"], /clients: /],
    [[URL_OF_OURS, "--scenario", "flood"], /scenario: /],
    [[URL_OF_OURS, "--channel", "board:nyse"], /channel,0: the name of a channel/],
    [[URL_OF_OURS, "--quick"], /'--quick'/],
  ];
  for (const [args, problem] of wrong) {
    assert.throws(() => parseLoadArgs(args), (error: Error) => {
      assert.match(error.message, problem);
      return error.message.includes("the form is deno task load ws://");
    });
  }
});
