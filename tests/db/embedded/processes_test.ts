import assert from "node:assert/strict";
import postgres from "postgres";
import { readPidFile } from "../../../db/embedded/pid_file.ts";
import {
  EmbeddedProcess,
  processesOf,
  type Said,
  withStateDir,
} from "../../support/embedded_process.ts";
import { until } from "../../support/program.ts";

/** Kills of a writer, and the rows that each must have been told of before. */
const KILLS = 12;
const ROWS_BEFORE_KILL = 40;

async function nobodyIsLeft(dir: string): Promise<void> {
  await until("end of the server", async () => (await processesOf(dir)).length === 0 || null);
}

function connect({ host, port, user, database }: Said): postgres.Sql {
  return postgres({ host, port, user, database, max: 1, onnotice() {} });
}

for (const [action, code] of [["throw", 1], ["exit", 3]] as const) {
  Deno.test(`The server ends with a process that ends by ${action}`, () =>
    withStateDir(async (dir) => {
      await using program = new EmbeddedProcess(dir, action);
      assert.equal((await program.next()).owned, true);
      assert.equal(await program.ended(), code);
      await nobodyIsLeft(dir);
    }));
}

Deno.test("The server ends with a process that is killed, and the next process has its own", () =>
  withStateDir(async (dir) => {
    await using first = new EmbeddedProcess(dir, "wait");
    await first.next();
    assert.ok((await processesOf(dir)).length > 1);
    await first.kill();
    await using second = new EmbeddedProcess(dir, "wait");
    assert.equal((await second.next()).owned, true);
    assert.equal(await second.finish(), 0);
    await nobodyIsLeft(dir);
  }));

Deno.test("A second process uses the server of the first and leaves it running", () =>
  withStateDir(async (dir) => {
    await using first = new EmbeddedProcess(dir, "wait");
    const place = await first.next();
    const server = (await readPidFile(`${dir}/data`))!.pid;
    await using finishes = new EmbeddedProcess(dir, "wait");
    assert.deepEqual(await finishes.next(), { ...place, owned: false });
    assert.equal(await finishes.finish(), 0);
    await using isKilled = new EmbeddedProcess(dir, "wait");
    assert.equal((await isKilled.next()).owned, false);
    await isKilled.kill();
    const sql = connect(place);
    await sql`select 1`;
    await sql.end();
    assert.equal((await readPidFile(`${dir}/data`))!.pid, server);
    assert.equal(first.said.length, 1);
    assert.equal(await first.finish(), 0);
  }));

Deno.test("Two processes that start together on an empty directory share one server", () =>
  withStateDir(async (dir) => {
    await using a = new EmbeddedProcess(dir, "wait");
    await using b = new EmbeddedProcess(dir, "wait");
    const [one, other] = await Promise.all([a.next(), b.next()]);
    assert.equal(one.host, other.host);
    assert.deepEqual([one.owned, other.owned].sort(), [false, true]);
    const [owner, client] = one.owned ? [a, b] : [b, a];
    assert.equal(await client.finish(), 0);
    assert.equal(await owner.finish(), 0);
  }));

Deno.test(`No row that was acknowledged is lost in ${KILLS} kills`, () =>
  withStateDir(async (dir) => {
    const acknowledged: number[] = [];
    for (let round = 0; round < KILLS; round++) {
      await using writer = new EmbeddedProcess(dir, "write");
      assert.equal((await writer.next()).owned, true);
      for (let row = 0; row < ROWS_BEFORE_KILL; row++) await writer.next();
      // Every third time the server goes in the same moment.
      if (round % 3 === 2) Deno.kill((await readPidFile(`${dir}/data`))!.pid, "SIGKILL");
      await writer.kill();
      acknowledged.push(...writer.said.flatMap(({ id }) => id ?? []));
    }
    await using reader = new EmbeddedProcess(dir, "wait");
    const sql = connect(await reader.next());
    const kept = new Set((await sql`select id::int from acknowledged`).map(({ id }) => id));
    await sql.end();
    assert.ok(acknowledged.length >= KILLS * ROWS_BEFORE_KILL);
    assert.deepEqual(acknowledged.filter((id) => !kept.has(id)), []);
    await reader.finish();
  }));
