import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fetch } from "../../../core/feed/http.ts";
import { FakeSsi } from "./support/fake_ssi.ts";
import { FAST, startTestFeed, stateOf, type TestFeed } from "./support/feeds.ts";
import { frameOf, until } from "./support/journals.ts";
import { TcpProxy } from "./support/tcp_proxy.ts";

const CHANNELS = "F:ALL,X-TRADE:ALL,MI:ALL";

/** A feed that is live, outside trading. */
async function liveFeed(ssi: FakeSsi): Promise<TestFeed> {
  const feed = startTestFeed(ssi);
  await until("the feed is live", () => stateOf(feed) === "live");
  return feed;
}

Deno.test("feed - starts over when the hub drops it: negotiate, connect, start, SwitchChannels", async () => {
  await using ssi = new FakeSsi();
  const feed = await liveFeed(ssi);
  for (let drops = 1; drops <= 3; drops++) {
    ssi.drop();
    await until("the drop is noticed", () => stateOf(feed) === "connecting");
    await until("the feed is live again", () => stateOf(feed) === "live");
    assert.equal(ssi.connections.length, drops + 1);
    assert.equal(ssi.calls.negotiate, drops + 1);
    assert.equal(ssi.calls.start, drops + 1);
  }
  assert.ok(ssi.connections.every(({ channels }) => channels.join() === CHANNELS));
  assert.equal(ssi.calls.accesstoken, 1, "the token held is good for all of them");
  assert.equal(feed.handle.stats().losses.transient, 3);
  await feed.handle.stop();
});

Deno.test("feed - a silent stall turns stale, asks for the channels again, then reconnects", async () => {
  await using ssi = new FakeSsi();
  // A cached message that comes late must not be taken for news, so settling is long here.
  const signalr = { ...FAST.signalr, silentReconnectMs: 1_500, settleMs: 700 };
  const feed = startTestFeed(ssi, { limits: { ...FAST, signalr } });
  feed.trading = true;
  // The hub answers each subscription from its cache and stays alive, but its source is dead.
  const beat = setInterval(() => ssi.send("{}"), 20);
  await until("the stall is noticed", () => stateOf(feed) === "stale");
  await until("the feed reconnected", () => ssi.connections.length === 2);
  clearInterval(beat);
  assert.deepEqual(ssi.connections[0]!.channels, [CHANNELS, CHANNELS]);
  assert.ok(feed.handle.stats().resubscribes >= 1);
  assert.equal(stateOf(feed), "stale", "the cache of the new connection is no news");
  await until("news flow", () => {
    ssi.send(frameOf(1));
    return stateOf(feed) === "live";
  });
  await feed.handle.stop();
});

Deno.test("feed - a binary frame is counted and ends nothing (B-43)", async () => {
  await using ssi = new FakeSsi();
  const feed = await liveFeed(ssi);
  for (const { socket } of ssi.open) socket.send(new Uint8Array([1, 2, 3]));
  ssi.send(frameOf(7));
  await until("the text after it is there", () => feed.frames.includes(frameOf(7)));
  assert.equal(feed.handle.stats().oddFrames, 1);
  assert.equal(ssi.connections.length, 1);
  await feed.handle.stop();
});

Deno.test("feed - a line without any frame is given up", async () => {
  await using ssi = new FakeSsi();
  ssi.keepAliveS = 0.1;
  const feed = await liveFeed(ssi);
  await until("a second connection is there", () => ssi.connections.length === 2);
  assert.ok(feed.logs.some((line) => /feed_lost .*no frame for/.test(line)));
  await feed.handle.stop();
});

Deno.test("feed - a refused key is said, the feed runs on and asks at its allowed pace", async () => {
  await using ssi = new FakeSsi();
  ssi.scripts.accesstoken = () =>
    Response.json({ message: "Invalid consumer", status: 401, data: null });
  const askedMs: number[] = [];
  const counted: Fetch = (url, init) => {
    if (url.endsWith("/AccessToken")) askedMs.push(Date.now());
    return fetch(url, init);
  };
  const feed = startTestFeed(ssi, {}, { fetch: counted });
  await until("the refusal is said", () => stateOf(feed) === "refused");
  assert.match(feed.states.at(-1)!.reason ?? "", /does not accept the key .*Invalid consumer/);
  assert.equal(feed.universes[0]?.source, "static");
  await until("it was asked four times", () => askedMs.length >= 4);
  const gaps = askedMs.slice(1).map((ms, i) => ms - askedMs[i]!);
  // The exact spacing is the reducer's law; here a busy machine may delay what is measured.
  assert.ok(gaps.every((ms) => ms >= FAST.token.spacingMs * 0.7), gaps.join());
  delete ssi.scripts.accesstoken;
  await until("the key is accepted", () => stateOf(feed) === "live");
  await feed.handle.stop();
});

Deno.test("feed - renews its token in time and the stream does not notice", async () => {
  await using ssi = new FakeSsi();
  ssi.tokenLifeS = 1;
  const feed = await liveFeed(ssi);
  let sent = 0;
  const source = setInterval(() => ssi.send(frameOf(++sent)), 5);
  await until("two renewals went by", () => (ssi.calls.accesstoken ?? 0) >= 3);
  clearInterval(source);
  await until("every frame is there", () => feed.frames.includes(frameOf(sent)));
  assert.equal(ssi.connections.length, 1);
  const data = feed.frames.slice(-sent);
  assert.deepEqual(data, data.map((_, n) => frameOf(n + 1)));
  await feed.handle.stop();
});

Deno.test("feed - a token service that is down leaves a running stream alone, and is counted", async () => {
  await using ssi = new FakeSsi();
  ssi.tokenLifeS = 1;
  const feed = await liveFeed(ssi);
  ssi.scripts.accesstoken = () => new Response("down", { status: 503 });
  await until("three renewals failed", () => feed.handle.stats().tokenFailures >= 3);
  ssi.send(frameOf(7));
  await until("the stream goes on", () => feed.frames.includes(frameOf(7)));
  assert.equal(ssi.connections.length, 1);
  assert.equal(stateOf(feed), "live");
  assert.ok(feed.logs.some((line) => /ssi_key_failed .*"failures":2/.test(line)));
  delete ssi.scripts.accesstoken;
  await until("a renewal succeeds", () => feed.handle.stats().tokenFailures === 0);
  await feed.handle.stop();
});

Deno.test("feed - a token that the hub turns down is replaced before the next attempt", async () => {
  const ways: (() => Response)[] = [
    () => Response.json({ message: "Unauthorized", status: 401 }),
    () => new Response("no", { status: 401 }),
    () => new Response(null, { status: 302, headers: { location: "/login" } }),
    () => new Response("<html>log in</html>"),
  ];
  for (const way of ways) {
    await using ssi = new FakeSsi();
    let refused = 0;
    ssi.scripts.negotiate = () => refused++ === 0 ? way() : null;
    const feed = startTestFeed(ssi);
    await until("the feed is live", () => stateOf(feed) === "live");
    assert.equal(ssi.calls.accesstoken, 2);
    assert.equal(ssi.authorizations.connect, `Bearer ${ssi.token}`);
    assert.ok(!feed.states.some((s) => s.state === "refused"));
    await feed.handle.stop();
  }
});

Deno.test("feed - a socket refused with 401 counts as a refused token, 429 as a blocked key", async () => {
  for (const [status, kind] of [[401, "auth"], [429, "blocked"], [503, "transient"]] as const) {
    await using ssi = new FakeSsi();
    let refused = 0;
    ssi.scripts.connect = () => refused++ === 0 ? new Response("no", { status }) : null;
    const feed = startTestFeed(ssi);
    await until("the feed is live", () => stateOf(feed) === "live");
    assert.equal(feed.handle.stats().losses[kind], 1, `${status}`);
    await feed.handle.stop();
  }
});

Deno.test("feed - a blocked subscription is said and waited out", async () => {
  await using ssi = new FakeSsi();
  let blocked = 0;
  ssi.onSubscribe = (socket) => {
    const error = '{"C":"d-1,2|A,1","M":[{"H":"h","M":"Error","A":["blocked, quota 1 exceeded"]}]}';
    socket.send(blocked++ === 0 ? error : frameOf(0));
  };
  const feed = startTestFeed(ssi);
  await until("the block is said", () => stateOf(feed) === "refused");
  const lost = feed.logs.find((line) => line.startsWith("feed_lost"))!;
  assert.ok(JSON.parse(lost.slice(10)).retryMs >= FAST.signalr.blockedMs, lost);
  await until("the feed is live", () => stateOf(feed) === "live");
  await feed.handle.stop();
});

Deno.test("feed - a start that fails is forgiven when data follow", async () => {
  await using ssi = new FakeSsi();
  ssi.scripts.start = () => new Response("no", { status: 500 });
  const feed = await liveFeed(ssi);
  assert.equal(ssi.connections.length, 1);
  await feed.handle.stop();
});

Deno.test("feed - a line cut at any byte gives no partial frame and is made anew", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3_000 }), async (cutAfterBytes) => {
      await using ssi = new FakeSsi();
      await using proxy = new TcpProxy(ssi.url);
      const sent = new Set(["{}", '{"I":"1"}', '{"I":"2"}', '{"C":"d-1,0|A,0","S":1,"M":[]}']);
      ssi.onSubscribe = (socket) => {
        for (let n = 0; n < 40; n++) {
          sent.add(frameOf(n));
          socket.send(frameOf(n));
        }
      };
      proxy.cutAfterBytes = cutAfterBytes;
      const feed = startTestFeed(ssi, { streamUrl: proxy.url });
      await until("the line was cut", () => proxy.cuts > 0);
      proxy.cutAfterBytes = null;
      await until(
        "all is there",
        () => feed.frames.includes(frameOf(39)) && stateOf(feed) === "live",
      );
      assert.deepEqual(feed.frames.filter((frame) => !sent.has(frame)), []);
      await feed.handle.stop();
    }),
    { numRuns: 12 },
  );
});

Deno.test("feed - no secret leaves it, whatever the service writes back", async () => {
  await using ssi = new FakeSsi();
  let seen = "";
  const echo = (): string => {
    const connection = decodeURIComponent(/connectionToken=([^&]+)/.exec(seen)?.[1] ?? "none-yet");
    const all = [ssi.secret, ssi.consumerId, `Bearer ${ssi.token}`, connection].join(" ");
    // The last one is cut where the feed shortens foreign texts.
    return `${connection} ${"x".repeat(100)} ${ssi.secret} ${all}`;
  };
  const ways = [
    () => Response.json({ message: echo(), status: 400 }),
    () => Response.json({ message: echo(), status: 503 }),
    () => new Response(echo(), { status: 500 }),
  ];
  // Each call fails in each way once and then works.
  for (const call of ["accesstoken", "negotiate", "connect", "start", "indexcomponents"]) {
    const left = [...ways];
    ssi.scripts[call] = (request) => {
      seen = request.url.includes("connectionToken") ? request.url : seen;
      return left.shift()?.() ?? null;
    };
  }
  ssi.onSubscribe = (socket) => {
    socket.send(JSON.stringify({ C: "d", M: [{ H: "h", M: "Error", A: [echo()] }] }));
    socket.send(JSON.stringify({ I: "9", E: echo() }));
  };
  const feed = startTestFeed(ssi);
  await until("each call failed in some way", () => {
    const told = feed.logs.join();
    return /feed_error_told/.test(told) && /refused the subscription/.test(told) &&
      /negotiate failed/.test(told) && /ssi_key_failed/.test(told);
  });
  await feed.handle.stop();
  const said = [feed.logs, feed.states, feed.universes, feed.handle.stats()]
    .map((part) => JSON.stringify(part) + Deno.inspect(part)).join();
  const connectionTokens = [..."01234"].map((n) => `${btoa(`\xfb\xff\xbf${n}`)}==`);
  const secrets = [ssi.secret, ssi.consumerId, "canary", ssi.token, ...connectionTokens];
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), secret.slice(0, 12)]) {
      assert.ok(!said.includes(form), `${form} was found`);
    }
  }
  assert.match(said, /\[secret\]/, "there was something to hide");
});
