import assert from "node:assert/strict";
import { type Embedded, startEmbedded } from "../../../db/embedded/embedded.ts";
import { readManifest } from "../../../db/export/manifest.ts";
import { migrate } from "../../../db/migrate.ts";
import { vnDate } from "../../../core/market/time.ts";
import { ONE_TRADE } from "../../db/support/archived_trades.ts";
import { connectTo, insertTrades } from "../../db/support/trade_store.ts";
import { testLog } from "../../db/support/pools.ts";

const DATE = "2026-11-20";
const TASKS =
  JSON.parse(Deno.readTextFileSync(new URL("../../../deno.json", import.meta.url))).tasks;

/** Runs a task with the permissions that it has, on a data folder of its own. */
async function runTask(name: string, dataDir: string, args: readonly string[]) {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...TASKS[name].command.split(" ").slice(1), ...args],
    env: { PATH: Deno.env.get("PATH")!, HOME: Deno.env.get("HOME")!, DATA_DIR: dataDir },
    clearEnv: true,
  }).output();
  return { code, told: new TextDecoder().decode(stderr) };
}

async function startStore(dataDir: string): Promise<Embedded> {
  const started = await startEmbedded({
    ...{ dir: `${dataDir}/sim/postgres`, log: testLog(), onDown() {}, onUp() {} },
  });
  assert.ok(started.ok);
  return started.server;
}

/** A simulated store of seven dates, its server running. */
async function fillStore(server: Embedded): Promise<void> {
  const { host, port, user, database } = server;
  const address = { host, port, user, database };
  await migrate(address);
  const connections = connectTo(address);
  const { sql } = connections;
  await sql`INSERT INTO store_identity (provider, layout) VALUES ('sim', 'partitions')`;
  for (const date of ["12", "13", "16", "17", "18", "19", "20"]) {
    await insertTrades(sql, `2026-11-${date}`, "ACB", [ONE_TRADE]);
  }
  await sql`INSERT INTO basis_points (ts, future, spot, trading_date, symbol)
    VALUES (now(), 1, 1, '2020-01-02', 'A'), (now(), 1, 1, ${vnDate(Date.now())}, 'A')`;
  await connections.end(1);
}

Deno.test("deno task export and prune - work beside a server and without one", async () => {
  const dataDir = await Deno.makeTempDir();
  // The account of the server must reach its own folder below.
  await Deno.chmod(dataDir, 0o755);
  try {
    const nothing = await runTask("export", dataDir, ["--from", DATE, "--to", DATE]);
    assert.equal(nothing.code, 1);
    assert.match(nothing.told, /^Nothing is stored yet in .*\n$/);

    const server = await startStore(dataDir);
    try {
      await fillStore(server);
      const dates = ["--from", "2026-11-19", "--to", DATE];
      const beside = await runTask("export", dataDir, [...dates, "--table", "trades"]);
      assert.equal(beside.code, 0, beside.told);
      assert.match(beside.told, /Exported 2 rows to 2 files/);
    } finally {
      await server.close();
    }
    const planned = await runTask("prune", dataDir, ["--dry-run"]);
    assert.match(planned.told, /basis_points: 1 rows .* would be removed/);
    assert.match(planned.told, /trades of 2026-11-12: would be packed/);
    const pruned = await runTask("prune", dataDir, []);
    assert.equal(pruned.code, 0, pruned.told);
    assert.match(pruned.told, /basis_points: 1 rows .* removed/);
    assert.match(pruned.told, /trades of 2026-11-13: packed, 1 rows/);
    const again = await runTask("prune", dataDir, []);
    assert.match(again.told, /basis_points: 0 rows .* removed/);
    assert.doesNotMatch(again.told, /packed/);

    const dates = ["--from", "2026-11-12", "--to", DATE, "--format", "parquet"];
    const alone = await runTask("export", dataDir, [...dates, "--table", "trades"]);
    assert.match(alone.told, /Exported 7 rows to 7 files/);
    const files = await readManifest(`${dataDir}/export`);
    assert.deepEqual(files.map(({ name }) => name).slice(0, 2), [
      "trades_2026-11-12_simulated.parquet",
      "trades_2026-11-13_simulated.parquet",
    ]);
    assert.equal(files.length, 9);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
