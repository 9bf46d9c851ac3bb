import assert from "node:assert/strict";
import type { Page, WebSocketRoute } from "playwright-core";
import type { MarketClient } from "../../core/wire/client.ts";
import { until } from "../core/gateway/test_server.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { browserTest, waitInPage } from "../support/browser.ts";
import { getJson, until as asked } from "../support/program.ts";
import { connectTables } from "../support/tables_client.ts";

const CLIENTS = 100;
const CYCLES = 15;
const PLACES = CLIENTS + 20;
const ENV = { SIM_START: "10:00", WS_MAX_CONNECTIONS_PER_IP: `${PLACES}` };
const CHANNELS = ["board:vn30", "index"] as const;

/** A program's client of both tables, and how much it was told. */
function connect(app: TestApp): { client: MarketClient; told: { whole: number; changes: number } } {
  const told = { whole: 0, changes: 0 };
  const client = connectTables({
    url: `${app.url.replace("http", "ws")}/ws`,
    seed: CHANNELS.map((c) => ({ c, e: "", s: 0 })),
    onSnapshot: () => void told.whole++,
    onDelta: () => void told.changes++,
  });
  return { client, told };
}

/** The page's sockets, which this may refuse or cut; it keeps what went over them. */
class Wire {
  isRefused = false;
  readonly received: string[] = [];
  readonly sent: string[] = [];
  opened = 0;
  #route: WebSocketRoute | null = null;

  async attach(page: Page): Promise<void> {
    await page.routeWebSocket(/\/ws$/, (route) => {
      if (this.isRefused) return void route.close({ code: 1013 });
      this.opened++;
      this.#route = route;
      const server = route.connectToServer();
      server.onMessage((text) => {
        this.received.push(String(text));
        route.send(text);
      });
      route.onMessage((text) => {
        this.sent.push(String(text));
        server.send(text);
      });
    });
  }

  async cut(): Promise<void> {
    await this.#route!.close({ code: 1012 });
  }

  /** Kinds of the frames, in the order in which they came, after so many messages. */
  kinds(after = 0): string[] {
    const messages = this.received.slice(after).map((text) => [JSON.parse(text)].flat());
    return messages.flat().map(({ k }) => k);
  }
}

async function linksOf(app: TestApp): Promise<number> {
  const health = await getJson(`${app.url}/api/ws/health`) as { connections: { links: number } };
  return health.connections.links;
}

async function untilLinks(app: TestApp, count: number): Promise<void> {
  await asked(`${count} open sockets`, async () => await linksOf(app) === count || null);
}

const isLive = "connection.dataset.state === 'live'";

browserTest(
  "checklist - ten things that were once looked at by hand (F-263, F-264)",
  async (browser, t) => {
    await withApp(ENV, async (app) => {
      const { hub } = app.services;
      const context = await browser.newContext({ locale: "en-US" });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      // The shortest waits between tries.
      await page.addInitScript("Math.random = () => 0");
      const wire = new Wire();
      await wire.attach(page);
      // Sockets live on from step to step; the test as a whole is held to leave nothing.
      const step = (name: string, fn: () => Promise<void>) =>
        t.step({ name, fn, sanitizeOps: false, sanitizeResources: false });

      await step("1 the server starts", async () => {
        for (const path of ["/livez", "/readyz", "/health"]) {
          const answer = await fetch(app.url + path);
          assert.equal(answer.status, 200, path);
          await answer.body?.cancel();
        }
      });
      await step("2 the bus connects", async () => {
        await until(() => hub.ready() && hub.view().status.state === "live", "a snapshot");
        assert.equal(app.services.metrics().hub_bus_gaps_total, 0);
      });
      await step("3 the updater runs", async () => {
        const { seq, asOfMs } = hub.view();
        await until(() => hub.view().seq > seq && hub.view().asOfMs! > asOfMs!, "newer numbers");
      });
      await step("4 the socket accepts", async () => {
        const { client, told } = connect(app);
        await until(() => told.whole === CHANNELS.length, "both tables");
        client.close();
        await untilLinks(app, 0);
      });
      await step("5 updates are broadcast, to a hundred sockets alike", async () => {
        const all = Array.from({ length: CLIENTS }, () => connect(app));
        await until(() => all.every(({ told }) => told.whole === CHANNELS.length), "all tables");
        const { seq } = hub.view();
        await until(
          () => all.every(({ client }) => client.position("board:vn30")!.s > seq),
          "a change at each",
        );
        assert.ok(all.every(({ client }) => client.counters.losses === 0));
        for (const { client } of all) client.close();
        await untilLinks(app, 0);
      });
      await step("6 the client receives, and goes on from the numbers in the HTML", async () => {
        await page.goto(app.url);
        await waitInPage(page, "the dot is live", isLive);
        await waitInPage(page, "a cell flashes", "document.querySelector('#board [data-flash]')");
        assert.equal(wire.kinds()[0], "hello");
        assert.ok(wire.kinds().includes("d"));
        assert.ok(!wire.kinds().includes("s"), "what the HTML has came again");
      });
      await step("7 it reconnects, and continues where it was", async () => {
        await wire.cut();
        await until(() => wire.opened === 2, "a second socket");
        const before = wire.received.length;
        await waitInPage(page, "the dot is live again", isLive);
        await until(() => wire.kinds(before).includes("d"), "changes over the second socket");
        assert.ok(!wire.kinds().includes("s"), "the tables came again");
      });
      await step("8 it falls back to asking, and returns to a socket", async () => {
        wire.isRefused = true;
        await wire.cut();
        await waitInPage(page, "the page polls", "connection.dataset.state === 'polling'");
        const shown = JSON.stringify(await page.locator("#board").innerText());
        await waitInPage(page, "numbers that move", `board.innerText !== ${shown}`);
        wire.isRefused = false;
        await waitInPage(page, "the dot is live again", isLive);
        assert.equal(wire.opened, 3);
      });
      await step("9 the heartbeat works, both ways", async () => {
        const isPing = (text: string) => text.includes('"op":"ping"');
        await asked("a heartbeat", () => Promise.resolve(wire.kinds().includes("h") || null));
        await asked("its answer", () => Promise.resolve(wire.sent.some(isPing) || null));
        await page.locator("#connection").click();
        await waitInPage(
          page,
          "the round trip is shown",
          "/^\\d+ ms$/.test(document.querySelector('.connection dd').textContent)",
        );
      });
      await step("10 nothing is left of connecting and disconnecting", async () => {
        for (let cycle = 0; cycle < CYCLES; cycle++) {
          const { client, told } = connect(app);
          await until(() => told.whole > 0, "a table");
          client.close();
          if (cycle % 5 === 0) await page.reload();
        }
        await waitInPage(page, "the dot is live", isLive);
        await untilLinks(app, 1);
        await page.close();
        await untilLinks(app, 0);
        const figures = app.services.metrics();
        for (const name of ["ws_open", "ws_open_addresses", "hub_cohorts", "ws_refused_open"]) {
          assert.equal(figures[name], 0, name);
        }
        assert.deepEqual(errors, []);
        assert.deepEqual(app.fatal, []);
      });
      await context.close();
    });
  },
);
