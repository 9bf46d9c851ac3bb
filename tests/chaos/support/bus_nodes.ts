import assert from "node:assert/strict";
import { Hub } from "../../../core/hub/hub.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { hubStart, liveStatus } from "../../core/hub/world.ts";
import type { TestApp } from "../../support/app.ts";
import { shown } from "../../support/bus_rig.ts";
import { type Program, startProgram, until } from "../../support/program.ts";
import { BoardClient } from "./board_client.ts";

/** Of each node. */
const CLIENTS = 20;

/** Two web nodes with clients: one in this process, and one as a process that can be killed. */
export class Nodes {
  readonly #env: Readonly<Record<string, string>>;
  readonly #app: TestApp;
  #program: Program;
  readonly #steady: readonly BoardClient[];
  readonly #tried: readonly BoardClient[];
  readonly #all: readonly BoardClient[];

  private constructor(
    env: Readonly<Record<string, string>>,
    app: TestApp,
    [program, url]: [Program, string],
  ) {
    this.#env = { ...env, APP_PORT: new URL(url).port };
    this.#app = app;
    this.#program = program;
    this.#steady = Array.from({ length: CLIENTS }, () => new BoardClient(app.url));
    this.#tried = Array.from({ length: CLIENTS }, () => new BoardClient(url));
    this.#all = [...this.#steady, ...this.#tried];
  }

  /** The program needs a data folder in `env`. */
  static async start(env: Readonly<Record<string, string>>, app: TestApp): Promise<Nodes> {
    const program = startProgram({ ...env, APP_PORT: "0" }, ["web"]);
    try {
      return new Nodes(env, app, [program, await program.url]);
    } catch (error) {
      await program[Symbol.asyncDispose]();
      throw error;
    }
  }

  epoch(): string {
    return this.#app.services.hub.view().epoch;
  }

  /** Waits until every client was told this state of the feed last. */
  async all(state: string): Promise<void> {
    await this.#each(
      `a board that is ${state}`,
      this.#all,
      ({ states }) => states.at(-1) === state,
    );
  }

  async newEpoch(epoch: string): Promise<void> {
    await this.#each("a new epoch", this.#all, ({ epochs }) => epochs.at(-1) !== epoch);
  }

  /** Waits for something new at every client, and says how long that took. */
  async news(of: readonly BoardClient[] = this.#all): Promise<number> {
    const startMs = performance.now();
    const before = of.map(({ changes }) => changes);
    await this.#each("news", of, ({ changes }, at) => changes > before[at]!);
    return performance.now() - startMs;
  }

  /** Kills the process, and gives the time from its return to news at its clients. */
  async kill(): Promise<number> {
    this.#program.kill("SIGKILL");
    await this.#program.status;
    await this.news(this.#steady);
    this.#program = startProgram(this.#env, ["web"]);
    await this.#program.url;
    return await this.news();
  }

  /** Stops the process in the middle of what it does, and gives the time from its going on to news. */
  async hang(ms: number): Promise<number> {
    const startMs = performance.now();
    this.#program.kill("SIGSTOP");
    await this.news(this.#steady);
    await until("its end", () => Promise.resolve(performance.now() - startMs >= ms || null));
    this.#program.kill("SIGCONT");
    return await this.news();
  }

  /** Waits until everybody shows what the engine side has, to the last cell. */
  async agree(whole: BusMessage): Promise<void> {
    const hub = new Hub(hubStart(liveStatus()));
    hub.apply(whole, 0);
    const wanted = JSON.stringify(shown(hub.view()));
    const { hub: own } = this.#app.services;
    await this.#each("equal views", this.#all, (client) => client.equals(hub.view()));
    await until(
      "an equal node",
      () => Promise.resolve(JSON.stringify(shown(own.view())) === wanted || null),
    );
  }

  /** What no client may have seen, whatever happened. */
  check(staleMin: number): void {
    for (const { violations, states } of this.#all) {
      assert.deepEqual(violations, []);
      assert.ok(states.filter((state) => state === "stale").length >= staleMin, states.join(" "));
      assert.equal(states.at(-1), "live");
    }
    for (const { reconnects } of this.#steady) {
      assert.equal(reconnects, 0, "these outlived everything");
    }
    assert.ok(this.#tried.every(({ reconnects }) => reconnects > 0), "these were cut off");
  }

  async close(): Promise<void> {
    for (const client of this.#all) client.close();
    await this.#program[Symbol.asyncDispose]();
  }

  async #each(
    what: string,
    clients: readonly BoardClient[],
    is: (client: BoardClient, at: number) => boolean,
  ): Promise<void> {
    await until(what, () => Promise.resolve(clients.every(is) || null));
  }
}
