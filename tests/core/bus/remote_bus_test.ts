import assert from "node:assert/strict";
import { AHEAD_MAX } from "../../../core/bus/message_port.ts";
import { brokerTest } from "../../support/broker_server.ts";
import { shown, TestEngine, TestNode, whole } from "../../support/bus_rig.ts";
import { until } from "../../support/program.ts";

brokerTest(
  "A subscriber gets a snapshot first and then every message in order (F-030)",
  async (server) => {
    const engine = await TestEngine.start(server);
    const node = await TestNode.start(server);
    await node.follows(engine);
    for (let i = 0; i < 50; i++) engine.change();
    await node.follows(engine);
    assert.equal(node.received[0]!.k, "snapshot");
    assert.deepEqual(shown(node.hub.view()), whole(engine));
    assert.ok(!node.applied.includes("gap"));
    await node.close();
    await engine.close();
  },
);

brokerTest(
  "A node that comes late has the whole logs and the names, and equals one that was there all the time",
  async (server) => {
    const engine = await TestEngine.start(server);
    const first = await TestNode.start(server);
    await first.follows(engine);
    engine.publisher.publish(engine.tables.names([["FPT", "Công ty Cổ phần FPT", null]]));
    for (let i = 0; i < 400; i++) engine.change();
    const late = await TestNode.start(server);
    for (let i = 0; i < 50; i++) engine.change();
    await first.follows(engine);
    await late.follows(engine);
    assert.deepEqual(shown(late.hub.view()), shown(first.hub.view()));
    assert.deepEqual(shown(late.hub.view()), whole(engine));
    assert.equal(late.hub.view().log("alerts").entries.length, 45);
    for (const { hub } of [first, late]) {
      assert.deepEqual(hub.namesOf("FPT"), { vi: "Công ty Cổ phần FPT", en: null });
    }
    await late.close();
    await first.close();
    await engine.close();
  },
);

brokerTest(
  "A node shows a snapshot only with what came behind it: clients of another node were further on",
  async (server) => {
    const engine = await TestEngine.start(server);
    const first = await TestNode.start(server);
    await first.follows(engine);
    // The saved snapshot is some seconds old by rule.
    for (let i = 0; i < 50; i++) engine.change();
    await first.follows(engine);
    const late = await TestNode.start(server);
    const kept = late.broker.kept.bind(late.broker);
    const shownWhenAsked: boolean[] = [];
    late.broker.kept = (after) => {
      shownWhenAsked.push(late.hub.ready());
      return kept(after);
    };
    await late.follows(engine);
    assert.equal(shownWhenAsked[0], false);
    assert.ok(late.received.length > 50, "the snapshot was an old one");
    await Promise.all([late, first, engine].map((part) => part.close()));
  },
);

brokerTest(
  "What a node did not hear it fetches from what the broker keeps, without a snapshot",
  async (server) => {
    let toLose = 0;
    let lost = 0;
    const loses = (text: string) => text.startsWith("m ") && toLose > 0 && (toLose--, lost++, true);
    const engine = await TestEngine.start(server);
    const node = await TestNode.start(server, { loses });
    await node.follows(engine);
    for (const losing of [1, 7, 60]) {
      toLose = losing;
      for (let i = 0; i < 60; i++) engine.change();
      engine.publisher.tick();
      await node.follows(engine);
    }
    assert.equal(lost, 68);
    assert.deepEqual(shown(node.hub.view()), whole(engine));
    const { bus_bridged_total: bridged, bus_snapshots_total: snapshots } = node.subscriber
      .metrics();
    assert.deepEqual([bridged, snapshots], [3, 1]);
    await node.close();
    await engine.close();
  },
);

brokerTest(
  "A node that misses more than the broker keeps begins with a snapshot again",
  async (server) => {
    let toLose = 0;
    const engine = await TestEngine.start(server);
    const node = await TestNode.start(server, { loses: () => toLose > 0 && toLose-- > 0 });
    await node.follows(engine);
    node.broker.kept = () => Promise.resolve([]);
    toLose = 30;
    for (let i = 0; i < 30; i++) engine.change();
    // A marker for a snapshot, as after every outage.
    engine.publisher.publish(engine.tables.snapshot());
    await node.follows(engine);
    assert.deepEqual(shown(node.hub.view()), whole(engine));
    const { bus_gaps_total: gaps, bus_snapshots_total: snapshots } = node.subscriber.metrics();
    assert.ok(gaps! >= 1, "the fault fired");
    assert.ok(snapshots! >= 2);
    await node.close();
    await engine.close();
  },
);

brokerTest(
  "Nobody listens to a publisher that was replaced, and its snapshot is refused",
  async (server) => {
    const old = await TestEngine.start(server, { term: 3, epoch: "old" });
    const node = await TestNode.start(server);
    await node.follows(old);
    const successor = await TestEngine.start(server, { term: 4, epoch: "new" });
    await node.follows(successor);
    // It believes that the term is still its own.
    old.change();
    old.publisher.tick();
    old.publisher.publish(old.tables.snapshot());
    await until(
      "the old one is refused",
      () => Promise.resolve(old.publisher.metrics().bus_saves_fenced_total! > 0 || null),
    );
    successor.change();
    await node.follows(successor);
    assert.deepEqual(shown(node.hub.view()), whole(successor));
    // Redis refuses its messages itself; those of NATS come, and are not taken.
    if (server.kind === "nats") {
      assert.ok(node.subscriber.metrics().bus_fenced_total! > 0);
    }
    const late = await TestNode.start(server);
    await late.follows(successor);
    await Promise.all([late, node, successor, old].map((part) => part.close()));
  },
);

brokerTest(
  "A publisher that may not speak says nothing, and everything when it may again",
  async (server) => {
    const engine = await TestEngine.start(server);
    const node = await TestNode.start(server);
    await node.follows(engine);
    engine.term = null;
    for (let i = 0; i < 5; i++) engine.change();
    assert.equal(engine.publisher.dropped, 5);
    engine.term = 2;
    engine.publisher.tick();
    await node.follows(engine);
    assert.deepEqual(shown(node.hub.view()), whole(engine));
    assert.ok(!node.applied.includes("gap"));
    await node.close();
    await engine.close();
  },
);

brokerTest(
  "A publisher that falls silent makes what is shown stale, and live again when it speaks",
  async (server) => {
    const engine = await TestEngine.start(server);
    const node = await TestNode.start(server);
    await node.follows(engine);
    engine.term = null;
    const state = (wanted: string) =>
      until(
        `the status is ${wanted}`,
        () => Promise.resolve(node.hub.view().status.state === wanted || null),
      );
    await state("stale");
    assert.match(node.hub.view().status.reason ?? "", /not been heard/);
    engine.term = 1;
    await state("live");
    await node.close();
    await engine.close();
  },
);

brokerTest(
  "After its end and its start again the broker has everything, and nodes and engine agree",
  async (server) => {
    const engine = await TestEngine.start(server);
    const node = await TestNode.start(server);
    await node.follows(engine);
    await server.kill();
    await until(
      "the engine notices",
      () => Promise.resolve(engine.broker.isConnected ? null : true),
    );
    for (let i = 0; i < 20; i++) engine.change();
    assert.ok(engine.publisher.dropped >= 20);
    await server.restart();
    await until("the engine is back", () => Promise.resolve(engine.broker.isConnected || null));
    await engine.broker.prepare();
    engine.change();
    await node.follows(engine);
    assert.deepEqual(shown(node.hub.view()), whole(engine));
    assert.ok(!node.applied.includes("gap"));
    const late = await TestNode.start(server);
    await late.follows(engine);
    assert.deepEqual(shown(late.hub.view()), whole(engine));
    await Promise.all([late, node, engine].map((part) => part.close()));
  },
);

brokerTest(
  "While the broker hangs no more than the limit is under way, and then everybody agrees",
  async (server) => {
    const engine = await TestEngine.start(server);
    const node = await TestNode.start(server);
    await node.follows(engine);
    server.pause();
    for (let i = 0; i < AHEAD_MAX + 200; i++) engine.change();
    const { bus_ahead_messages: ahead } = engine.publisher.metrics();
    assert.ok(ahead! <= AHEAD_MAX, `${ahead} under way`);
    assert.ok(engine.publisher.dropped >= 199, `${engine.publisher.dropped} left out`);
    server.resume();
    await node.follows(engine);
    assert.deepEqual(shown(node.hub.view()), whole(engine));
    assert.ok(!node.applied.includes("gap"));
    await node.close();
    await engine.close();
  },
);
