import assert from "node:assert/strict";
import { parseConfig } from "../../../core/config.ts";
import type { Advice } from "../../../core/tasks/doctor/advice.ts";
import { look } from "../../../core/tasks/doctor/look.ts";
import { migrate } from "../../../db/migrate.ts";
import { startDebianPostgres } from "../../support/postgres.ts";
import { connectTo } from "../../db/support/trade_store.ts";

/** What the doctor says of these settings, by subject. */
async function advice(env: Readonly<Record<string, string>>): Promise<Record<string, Advice>> {
  const dir = await Deno.makeTempDir();
  try {
    const parsed = parseConfig({ DATA_DIR: dir, APP_PORT: "0", ...env });
    assert.ok(parsed.ok);
    const found = await Array.fromAsync(look(parsed.config));
    return Object.fromEntries(found.map((one) => [one.subject, one]));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("The doctor finds nothing wrong with a program that was never started", async () => {
  const found = await advice({});
  assert.deepEqual(Object.keys(found), ["folder", "port", "journal", "database", "feed"]);
  assert.ok(Object.values(found).every(({ verdict }) => verdict !== "bad"));
  assert.match(found.database!.text, /embedded PostgreSQL 16/);
  assert.match(found.feed!.text, /simulated/);
});

Deno.test("The doctor names the server, what it can do, and whose data it holds", async () => {
  const server = await startDebianPostgres({ tcp: true });
  try {
    const env = { DATABASE_URL: server.url() };
    const empty = (await advice(env)).database!;
    assert.equal(empty.verdict, "odd");
    assert.match(empty.text, /^DATABASE_URL: PostgreSQL 1\d\.\d+, without TimescaleDB; its schema/);

    await migrate(server.address());
    const client = connectTo(server.address());
    await client.sql`INSERT INTO store_identity (provider, layout) VALUES ('ssi', 'partitions')`;
    await client.end(1);
    const foreign = (await advice(env)).database!;
    assert.equal(foreign.verdict, "bad");
    assert.match(foreign.text, /data of ssi, 0 sessions, \d+ MB, but the settings say sim$/);
  } finally {
    await server.close();
  }
});

Deno.test("A database that cannot be reached is said without its password, and the rest is looked at", async () => {
  const found = await advice({ DATABASE_URL: "postgres://u:canary-31b7@127.0.0.1:1/none" });
  assert.equal(found.database!.verdict, "bad");
  assert.match(found.database!.text, /cannot be reached/);
  assert.ok(!JSON.stringify(found).includes("canary"));
  assert.equal(found.feed!.verdict, "good");
});

Deno.test("A port in use is odd and not wrong: perhaps the server runs", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const { verdict, text } = (await advice({ APP_PORT: String(port), DATABASE_URL: "off" })).port!;
  assert.equal(verdict, "odd");
  assert.match(text, /in use/);
});
