import assert from "node:assert/strict";
import { addVolume } from "../../core/analytics/volume.ts";
import { ingestFrame } from "../../core/engine/ingest.ts";
import { REFUSAL_REASONS } from "../../core/ssi/decode_value.ts";
import type { Parts } from "./world/server.ts";
import { SimWorld, SOUND } from "./world/world.ts";

/** Worlds in which a defect must show; most show in the first one that has the fault for it. */
const SEEDS = 60;

/** The first promise that a broken variant breaks; null when nobody notices. */
function caught(makeParts: () => Partial<Parts>): string | null {
  for (let seed = 1; seed <= SEEDS; seed++) {
    try {
      new SimWorld(seed, { ...SOUND, ...makeParts() }).run();
    } catch (error) {
      return (error as Error).message;
    }
  }
  return null;
}

Deno.test("Checkers: a tape that counts a late trade twice is caught (I1)", () => {
  const broken = caught(() => ({
    ingestFrame(ingest, text) {
      const changes = ingestFrame(ingest, text);
      for (const change of changes) {
        if (change.kind !== "trade" || !change.late) continue;
        // Done so that counted + missing is still the head: only the store can tell.
        const { tape, volumes } = ingest.engine.market.instruments.get(change.symbol)!;
        tape.counted += change.volume;
        tape.missing -= change.volume;
        addVolume(volumes, change);
      }
      return changes;
    },
  }));
  assert.match(broken ?? "nothing", /^I1/);
});

Deno.test("Checkers: a connection whose first messages are taken for trades is caught (B-44)", () => {
  const broken = caught(() => ({
    ingestFrame(ingest, text) {
      const { seen } = ingest.engine.market;
      const before = new Map(seen);
      const changes = ingestFrame(ingest, text);
      // What was seen before the connection broke is not forgotten.
      for (const [symbol, bits] of before) seen.set(symbol, bits);
      return changes;
    },
  }));
  assert.match(broken ?? "nothing", /^B-44/);
});

Deno.test("Checkers: a frame that leaves a trace when it comes again is caught (I2)", () => {
  const broken = caught(() => {
    let newest = "";
    return {
      ingestFrame(ingest, text) {
        const changes = ingestFrame(ingest, text);
        if (text === newest) {
          for (const instrument of ingest.engine.market.instruments.values()) {
            instrument.previousBook = instrument.book;
          }
        }
        newest = text;
        return changes;
      },
    };
  });
  assert.match(broken ?? "nothing", /^I2/);
});

Deno.test("Checkers: a refusal that nobody counts is caught (I3)", () => {
  const broken = caught(() => ({
    ingestFrame(ingest, text) {
      const before = { ...ingest.counters.refused };
      const changes = ingestFrame(ingest, text);
      for (const reason of REFUSAL_REASONS) {
        if (reason === "bad-number") ingest.counters.refused[reason] = before[reason];
      }
      return changes;
    },
  }));
  assert.match(broken ?? "nothing", /^I3/);
});

Deno.test("Checkers: a batch that leaves memory before it is confirmed is caught (I1)", () => {
  assert.match(caught(() => ({ keep: () => [] })) ?? "nothing", /^I1: \w+ in the store/);
});

Deno.test("Checkers: a change lost on the bus without a trace is caught (I5)", () => {
  const broken = caught(() => {
    let deltas = 0;
    let lost = 0;
    return {
      carry(message) {
        if (message.k === "snapshot") lost = 0;
        if (message.k !== "delta") return message;
        if (++deltas % 10 === 0) {
          lost++;
          return null;
        }
        // Renumbered, so that the hub cannot see the hole.
        return { ...message, seq: message.seq - lost };
      },
    };
  });
  assert.match(broken ?? "nothing", /^I5/);
});

Deno.test("Checkers: a frame lost on an open socket is caught (I6)", () => {
  const broken = caught(() => {
    let texts = 0;
    return { write: (text) => ++texts % 20 === 0 && text.includes('"k":"d"') ? null : text };
  });
  assert.match(broken ?? "nothing", /^I6/);
});
