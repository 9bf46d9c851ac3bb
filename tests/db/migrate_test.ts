import assert from "node:assert/strict";
import { appliedMigrations, migrate, MIGRATION_NAMES } from "../../db/migrate.ts";
import { databaseTest } from "../support/postgres.ts";
import { startDebianPostgres } from "../support/postgres.ts";
import { withPool } from "./support/pools.ts";

/** As many processes as may start together. */
const STARTS = 15;

databaseTest(
  "Many starts at the same time migrate a database once",
  ({ address }) =>
    withPool(address, {}, async (pool) => {
      assert.deepEqual(await appliedMigrations(pool), []);
      const ran = await Promise.all(Array.from({ length: STARTS }, () => migrate(address)));
      assert.deepEqual(ran.flat(), MIGRATION_NAMES);
      assert.deepEqual(await appliedMigrations(pool), MIGRATION_NAMES);
      assert.deepEqual(await migrate(address), []);
    }),
);

databaseTest(
  "A user without rights on the server's settings can migrate its own database",
  ({ address }) =>
    withPool(address, {}, async (pool) => {
      const user = `plain_${crypto.randomUUID().slice(0, 8)}`;
      await pool.run((sql) => sql.unsafe(`CREATE ROLE ${user} LOGIN`));
      try {
        await pool.run((sql) => sql.unsafe(`GRANT ALL ON SCHEMA public TO ${user}`));
        assert.deepEqual(await migrate({ ...address, user }), MIGRATION_NAMES);
      } finally {
        await pool.run((sql) => sql.unsafe(`DROP OWNED BY ${user}; DROP ROLE ${user}`));
      }
    }),
);

Deno.test("A task brings the database of DATABASE_URL to the newest schema, and tells where it stands", async () => {
  const server = await startDebianPostgres({ tcp: true });
  try {
    const run = async (...args: string[]) => {
      const tasks =
        JSON.parse(Deno.readTextFileSync(new URL("../../deno.json", import.meta.url))).tasks;
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [...tasks.migrate.command.split(" ").slice(1), ...args],
        env: {
          PATH: Deno.env.get("PATH")!,
          HOME: Deno.env.get("HOME")!,
          DATABASE_URL: server.url(),
        },
        clearEnv: true,
      }).output();
      const [told, failed] = [stdout, stderr].map((bytes) =>
        new TextDecoder().decode(bytes).trim()
      );
      return { code, told, failed };
    };
    const newest = MIGRATION_NAMES.at(-1)!;
    const dry = await run("--dry-run");
    assert.match(dry.told!, new RegExp(`^would run ${newest}$`, "m"));
    assert.match((await run("status")).told!, new RegExp(`^${newest}: pending$`, "m"));
    assert.match((await run()).told!, new RegExp(`^ran ${newest}$`, "m"));
    assert.match((await run("status")).told!, new RegExp(`^${newest}: applied$`, "m"));
    assert.equal((await run()).told, "the schema is the newest");
    assert.deepEqual(await run("up"), {
      ...{ code: 1, told: "" },
      failed: "Cannot migrate: the form is deno task migrate [status] [--dry-run]",
    });
    await withPool(server.address(), {}, async (pool) => {
      await pool.run((sql) => sql`INSERT INTO kysely_migration VALUES ('9999_future', 'x')`);
    });
    const newer = await run();
    assert.deepEqual([newer.code, newer.told], [1, ""]);
    assert.match(newer.failed!, /has 9999_future of a newer version/);
  } finally {
    await server.close();
  }
});
