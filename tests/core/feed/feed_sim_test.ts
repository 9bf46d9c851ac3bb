import assert from "node:assert/strict";
import { startFeed } from "../../../core/feed/feed.ts";
import { openJournal, SEGMENT_BYTES } from "../../../core/feed/journal.ts";
import type { Universe } from "../../../core/feed/startup.ts";
import type { ReferenceEvent } from "../../../core/market/event.ts";
import { Secret } from "../../../core/secret.ts";
import { startSimService } from "../../../core/sim/service.ts";
import { parseFrame } from "../../../core/ssi/frame.ts";
import { FAST } from "./support/feeds.ts";
import { clock, readDay, until, withFolder } from "./support/journals.ts";

const CHANNELS = "F:ALL,X:ALL,X-QUOTE:ALL,X-TRADE:ALL,R:ALL,MI:ALL,B:ALL";

Deno.test("feed - runs against the simulated SSI service, through a drop and revoked tokens (F-014, F-015)", async () => {
  await withFolder(async (dir) => {
    const sim = await startSimService({
      port: 0,
      seed: 7,
      scenario: "normal",
      speed: 60,
      start: "open",
    });
    const date = sim.date();
    const journal = await openJournal({
      dir,
      maxBytes: 1e9,
      segmentBytes: SEGMENT_BYTES,
      keepDates: 1,
      clock,
      log: () => {},
    });
    const states: string[] = [];
    const references: ReferenceEvent[] = [];
    const named = new Set<string>();
    let isLoaded = false;
    let universe: Universe | null = null;
    let frames = 0;
    let broadcasts = 0;
    const feed = startFeed(
      {
        baseUrl: sim.url,
        streamUrl: `${sim.streamUrl}/`,
        consumerId: "demo",
        consumerSecret: new Secret("demo"),
        channels: CHANNELS,
        futuresOverride: [],
        limits: FAST,
      },
      {
        onFrame(text, receivedMs, frame) {
          journal.append(date, receivedMs, text);
          journal.commit();
          frames++;
          if (frame.kind === "messages") broadcasts += frame.invocations.length;
        },
        onState: ({ state }) => void states.push(state),
        onUniverse: (loaded) => void (universe = loaded),
        onReference: (event) => void references.push(event),
        onNames: (names) => void names.forEach(([symbol]) => named.add(symbol)),
        isTrading: () => true,
        tradingDate: () => null,
      },
      {
        clock,
        random: Math.random,
        log: (event) => isLoaded ||= event === "reference_loaded",
      },
    );
    const moreThan = (count: number) => () => states.at(-1) === "live" && broadcasts > count;
    await until("data flow", moreThan(5_000));
    const { vn30, source, futures } = universe! as Universe;
    assert.deepEqual([vn30.length, source, futures.length], [30, "feed", 4]);

    await until("all that REST tells is loaded", () => isLoaded);
    const shares = Object.assign({}, ...references.map((event) => event.shares));
    const members = Object.assign({}, ...references.map((event) => event.members));
    assert.ok(Object.keys(shares).length > 1_500 && shares.FPT > 1_000_000_000);
    assert.ok(Object.keys(members).length >= 13 && members.VN30 === undefined);
    assert.equal(members.HNX30.length, 30);
    assert.ok(named.size > 1_500 && named.has("FPT") && named.has(futures[0]!));
    assert.ok(references.length <= 6, `${references.length} events`);

    sim.dropSockets();
    await until("the drop is noticed", () => feed.stats().losses.transient > 0);
    await until("data flow again", moreThan(broadcasts + 5_000));
    sim.revokeTokens();
    sim.dropSockets();
    await until("the token was refused", () => feed.stats().losses.auth > 0);
    await until("data flow on a new token", moreThan(broadcasts + 5_000));
    assert.ok(feed.stats().tokenRequests >= 2);

    await feed.stop();
    await sim.close();
    const records = await readDay(journal, date);
    assert.equal(records.length, frames, "every frame is in the journal");
    assert.ok(records.filter((r) => parseFrame(r.frame).kind === "init").length >= 3);
    await journal.close();
  });
});
