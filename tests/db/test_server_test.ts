import assert from "node:assert/strict";
import postgres from "postgres";
import { databaseTest, startDebianPostgres } from "../support/postgres.ts";

for (const round of [1, 2]) {
  databaseTest(`A database test finds an empty database, round ${round}`, async ({ address }) => {
    const sql = postgres({ ...address, max: 2 });
    try {
      await sql`create table once (id int)`;
      assert.equal((await sql`select count(*)::int as n from once`)[0]!.n, 0);
    } finally {
      await sql.end();
    }
  });
}

Deno.test("A test server keeps its rows when it is killed and started again", async () => {
  const server = await startDebianPostgres();
  try {
    const before = postgres({ ...server.address(), max: 1 });
    await before`create table kept (id int)`;
    await before`insert into kept values (1)`;
    await server.kill();
    await assert.rejects(before`select 1`);
    await before.end({ timeout: 0 });
    await server.restart();
    const after = postgres({ ...server.address(), max: 1 });
    assert.deepEqual([...await after`select id from kept`], [{ id: 1 }]);
    await after.end();
  } finally {
    await server.close();
  }
});

Deno.test("A paused test server answers over TCP only after it goes on", async () => {
  const server = await startDebianPostgres({ tcp: true });
  const sql = postgres(server.url(), { max: 1 });
  try {
    await sql`select 1`;
    await server.pause();
    let answered = false;
    const asked = sql`select 1`.then(() => answered = true);
    const other = postgres(server.url(), { max: 1, connect_timeout: 1 });
    await assert.rejects(other`select 1`, { code: "CONNECT_TIMEOUT" });
    assert.equal(answered, false);
    server.resume();
    await asked;
    await other.end();
  } finally {
    await sql.end();
    await server.close();
  }
});
