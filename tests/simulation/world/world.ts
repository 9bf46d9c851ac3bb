import { ingestFrame } from "../../../core/engine/ingest.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import {
  checkBooks,
  checkCounts,
  checkRepeat,
  checkSnapshot,
  checkSums,
  checkViews,
} from "./checks.ts";
import { SimClient } from "./client.ts";
import { Draws } from "./draws.ts";
import { Faults } from "./faults.ts";
import { Link } from "./link.ts";
import { DATE } from "./records.ts";
import { type Parts, Server } from "./server.ts";
import { Store } from "./store.ts";
import { Venue } from "./venue.ts";

/** Steps with faults, and steps in which everything must drain. */
export const SAFETY_STEPS = 180;
export const LIVENESS_STEPS = 30;
/** Longer than any wait of a client between two tries, and than two heartbeats. */
const LIVENESS_STEP_MS = 3_000;
const STEP_MS = 100;
/** The state is hashed twice to see that a frame changes nothing again: not at every step. */
const REPEAT_CHECK = 1 / 30;

/** The code as it is. */
export const SOUND: Parts = {
  ingestFrame,
  carry: (message) => message,
  write: (text) => text,
  keep: (batch) => batch,
};

/** One seeded run of venue, line, server, store and clients on a clock of its own. */
export class SimWorld {
  readonly faults: Faults;
  readonly venue: Venue;
  readonly server: Server;
  readonly clients: readonly SimClient[];
  nowMs: number;
  readonly #draws: Draws;
  readonly #link: Link;

  constructor(seed: number, parts: Parts = SOUND) {
    const draws = new Draws(seed);
    this.#draws = draws;
    this.faults = new Faults(draws);
    this.venue = new Venue(draws, this.faults);
    this.nowMs = vnInstantMs(DATE, this.venue.second);
    this.#link = new Link(this.venue, draws, this.faults);
    // Now and then one security too many.
    const symbolsMax = Math.max(1, this.venue.listed.length - (draws.chance(0.1) ? 1 : 0));
    const store = new Store(this.faults);
    this.server = new Server(this.venue, store, { parts, symbolsMax, nowMs: this.nowMs });
    const surroundings = { hub: this.server.hub, world: this, write: parts.write };
    const count = 1 + draws.below(2);
    this.clients = Array.from({ length: count }, () => new SimClient(surroundings));
  }

  /** Plays the whole run; throws when a promise is broken. */
  run(): void {
    this.#receive(this.#link.connect());
    for (let step = 0; step < SAFETY_STEPS; step++) this.#step();
    this.#drain();
    checkBooks(this.server, this.venue.listed, this.faults);
    checkViews(this.server, this.clients);
    for (const client of this.clients) client.close();
  }

  #step(): void {
    const { server, faults } = this;
    this.#pass(STEP_MS);
    this.#receive(this.#link.carry(this.venue.step()));
    if (this.#draws.chance(0.4)) server.tick();
    if (this.#draws.chance(0.1)) server.flush();
    if (faults.strikes("crash")) {
      server.crash();
      this.#link.cut();
    }
    server.hub.tick(this.nowMs);
    for (const client of this.clients) {
      if (faults.strikes("slow")) client.stall(1 + this.#draws.below(10));
      client.step();
    }
    this.#check();
  }

  #drain(): void {
    const { server, clients } = this;
    this.faults.end();
    this.#link.mend();
    this.#receive(this.#link.flush());
    for (const client of clients) client.free();
    for (let step = 0; step < LIVENESS_STEPS; step++) {
      this.#pass(LIVENESS_STEP_MS);
      this.#receive(this.#link.carry(step < 5 ? this.venue.step() : []));
      if (step === 5) this.#receive(this.#link.carry(this.venue.sayAll()));
      server.tick();
      server.flush();
      server.hub.tick(this.nowMs);
      for (const client of clients) client.step();
      this.#check();
    }
  }

  #receive(texts: readonly string[]): void {
    let isFirst = false;
    for (const text of texts) {
      const changes = this.server.take(text);
      if (isFirst) checkSnapshot(changes);
      isFirst = text.includes('"S":1');
    }
  }

  #pass(ms: number): void {
    this.nowMs = Math.max(this.nowMs + ms, vnInstantMs(DATE, this.venue.second));
    this.server.nowMs = this.nowMs;
  }

  #check(): void {
    checkSums(this.server);
    if (this.#draws.chance(REPEAT_CHECK)) checkRepeat(this.server);
    checkCounts(this.server);
  }
}
