import assert from "node:assert/strict";
import type { Health } from "../../core/wire/health.ts";
import { withApp } from "../support/app.ts";
import { withStateDir } from "../support/embedded_process.ts";
import { getJson, until } from "../support/program.ts";

interface Answer {
  readonly candles: readonly { readonly source: string }[];
  readonly data_status: string;
}

Deno.test("The first start without any setting has a past: the server fills it in while it serves", () =>
  withStateDir(async (dir) => {
    await Deno.mkdir(dir);
    const env = {
      ...{ SIM_START: "10:00", DATA_DIR: dir, DATABASE_URL: "", BACKFILL_ON_START: "" },
    };
    await withApp(env, async ({ url }) => {
      const days = await until("three weeks of VN30", async () => {
        const answer = await getJson(`${url}/api/history/index/VN30/candles?interval=1d`);
        const { candles = [] } = (answer ?? {}) as Partial<Answer>;
        const filled = candles.filter(({ source }) => source === "backfill");
        return filled.length > 15 ? answer as unknown as Answer : null;
      });
      assert.equal(days.data_status, "simulated");
      const { store, metrics } = await getJson(`${url}/health`) as unknown as Health;
      assert.equal(store.backend, "embedded");
      assert.ok(store.backfill !== null && store.backfill.rows > 0);
      assert.ok(metrics.store_backfilled_rows_total! > 0);
      const status = await (await fetch(`${url}/status?lang=en`)).text();
      assert.match(status, /History before the start/);
    });
  }));
