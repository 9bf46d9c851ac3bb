import assert from "node:assert/strict";
import { addTimescale, readCapabilities } from "../../db/capabilities.ts";
import { compressionStatements } from "../../db/compression.ts";
import { DAILY_TABLES } from "../../db/daily_tables.ts";

const told = (timescale: string | null, license: string | null) =>
  readCapabilities(() =>
    Promise.resolve([{ version: "16.4 (Debian 16.4-1)", timescale, license }])
  );

Deno.test("TimescaleDB counts when the database has it, and is full by its licence", async () => {
  assert.deepEqual(await told(null, null), { version: "16.4", major: 16, timescale: null });
  assert.deepEqual((await told("2.28.3", "timescale")).timescale, {
    version: "2.28.3",
    isFull: true,
  });
  assert.deepEqual((await told("2.28.3", "apache")).timescale, {
    version: "2.28.3",
    isFull: false,
  });
});

Deno.test("An extension that cannot be added leaves the transaction as it was", async () => {
  const ran: string[] = [];
  await addTimescale((text) => {
    ran.push(text);
    if (text.startsWith("CREATE")) return Promise.reject(new Error("not allowed"));
    return Promise.resolve(text.includes("pg_settings") ? [{}] : []);
  });
  assert.deepEqual(ran.slice(1), [
    "SAVEPOINT before_timescale",
    "CREATE EXTENSION IF NOT EXISTS timescaledb",
    "ROLLBACK TO SAVEPOINT before_timescale",
  ]);
  ran.length = 0;
  await addTimescale((text) => {
    ran.push(text);
    return Promise.resolve([]);
  });
  assert.equal(ran.length, 1);
});

Deno.test("Compression keeps the whole key of every daily table in segments or order", () => {
  const statements = compressionStatements();
  assert.equal(statements.length, 2 * DAILY_TABLES.length);
  const keys = {
    trades: ["symbol", "trading_date", "total_vol"],
    foreign_snapshots: ["symbol", "trading_date", "slot"],
    index_snapshots: ["code", "trading_date", "slot"],
    basis_points: ["symbol", "trading_date", "ts"],
  };
  for (const table of DAILY_TABLES) {
    const text = statements.find((statement) => statement.startsWith(`ALTER TABLE ${table} `))!;
    for (const column of keys[table]) assert.match(text, new RegExp(`'[^']*\\b${column}\\b[^']*'`));
    assert.ok(statements.some((statement) => {
      return statement.includes(`add_compression_policy('${table}'`) &&
        statement.includes("if_not_exists => true");
    }));
  }
});
