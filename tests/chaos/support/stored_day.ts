import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { stateHash } from "../../../core/engine/hash.ts";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { readDay } from "../../../core/feed/journal_reader.ts";
import type { StoreRows } from "../../../core/port/store.ts";
import { engineOptions } from "../../../core/tasks/ingest.ts";
import { DAY_END, DAY_START } from "../../../core/tasks/journal_place.ts";
import { journalRows } from "../../../core/tasks/journal_rows.ts";
import { flushBatch } from "../../../db/flush.ts";
import type { Pool } from "../../../db/pool.ts";
import { testLog, withPool, withTables } from "../../db/support/pools.ts";
import { allRows } from "../../db/support/tables.ts";
import { ModelStore } from "../../support/model_store.ts";
import type { DatabaseAddress } from "../../support/postgres_server.ts";

/** How the engines of these tests are set up; every trade can be a spike. */
export const STORE_ENGINE = engineOptions({ classifier: "feed", spikeMinVnd: 0 });

type Tables = Awaited<ReturnType<typeof allRows>>;

/** A day as an engine without any fault makes it from the journal alone. */
export interface ControlDay {
  readonly tradingDate: string;
  readonly hash: string;
  readonly rows: StoreRows;
  /** Volume of each security that its tape has counted. */
  readonly counted: ReadonlyMap<string, number>;
}

/** Makes a day of a journal again; an engine for its state, another one for its rows. */
export async function controlDay(dir: string, tradingDate: string): Promise<ControlDay> {
  const control = createIngest(STORE_ENGINE);
  const onDamage = () => assert.fail("The journal is damaged");
  for await (const { frame } of readDay(dir, tradingDate, { onDamage })) {
    ingestFrame(control, frame);
  }
  const counted = new Map<string, number>();
  for (const { symbol, tape } of control.engine.market.instruments.values()) {
    assert.equal(tape.counted + tape.missing, tape.head, symbol);
    if (tape.counted > 0) counted.set(symbol, tape.counted);
  }
  assert.equal(control.engine.counters.trades.conflict, 0);
  return {
    tradingDate,
    hash: stateHash(control.engine),
    rows: await rowsOf(dir, tradingDate),
    counted,
  };
}

/** The rows of a day's journal in plain maps; no checkpoint has a part in them. */
async function rowsOf(dir: string, tradingDate: string): Promise<StoreRows> {
  const model = new ModelStore();
  const part = { dir, tradingDate, from: DAY_START, to: DAY_END };
  for await (const batch of journalRows(part, STORE_ENGINE, () => {})) await model.flush(batch);
  return Object.fromEntries(
    Object.entries(model.tables).map(([table, rows]) => [table, [...rows.values()]]),
  ) as unknown as StoreRows;
}

/** Proves that a database holds exactly a control day: all tables, each row, each column. */
export async function assertStored(address: DatabaseAddress, day: ControlDay, about: string) {
  const wanted = await controlTables(address, day);
  await withPool(address, {}, async (pool) => {
    const volumes = await pool.read((sql) =>
      sql<{ symbol: string; volume: number }[]>`SELECT symbol, sum(volume)::bigint AS volume
        FROM trades WHERE trading_date = ${day.tradingDate}::text::date GROUP BY symbol`
    );
    assert.deepEqual(new Map(volumes.map((v) => [v.symbol, v.volume])), day.counted, about);
    const held = await tablesOf(pool);
    for (const [table, rows] of Object.entries(wanted)) {
      const differing = rows.findIndex((row, at) => !isDeepStrictEqual(row, held[table]![at]));
      const first = [rows[differing], held[table]![differing]];
      assert.equal(differing, -1, `${table}: ${about}: ${JSON.stringify(first)}`);
      assert.equal(held[table]!.length, rows.length, `${table}: ${about}`);
    }
  });
}

/** Puts the control's rows into an empty database beside it, in one go, and reads them back. */
async function controlTables(address: DatabaseAddress, { tradingDate, rows }: ControlDay) {
  const control = { ...address, database: `control_${crypto.randomUUID().slice(0, 8)}` };
  const command = (text: string) =>
    withPool(address, {}, async (pool) => void await pool.run((sql) => sql.unsafe(text)));
  let tables: Tables = {};
  await command(`CREATE DATABASE ${control.database}`);
  await withTables(control, async (pool) => {
    const batch = { tradingDate, rows, voided: [], from: null, to: null };
    const options = { source: "live", deadlineMs: 60_000, log: testLog() } as const;
    const { refused } = await flushBatch(pool, batch, options);
    assert.equal(refused.size, 0);
    tables = await tablesOf(pool);
  });
  await command(`DROP DATABASE ${control.database} WITH (FORCE)`);
  assert.ok(tables.trades!.length > 100, "the day has trades");
  return tables;
}

/** All tables, without what depends on when a store was attached to the live engine. */
async function tablesOf(pool: Pool): Promise<Tables> {
  const tables = await allRows(pool);
  for (const session of tables.sessions!) {
    delete session.stalls;
    delete session.reconnects;
  }
  // Told with a security's first row, when it is known by then, and once more at the end of a day.
  for (const instrument of tables.instruments!) delete instrument.listed_shares;
  return tables;
}
