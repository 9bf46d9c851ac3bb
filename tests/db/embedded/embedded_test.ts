import assert from "node:assert/strict";
import postgres from "postgres";
import { createLogger } from "../../../core/log.ts";
import { type Account, serverAccount } from "../../../db/embedded/account.ts";
import { findPackage, unpackBinaries } from "../../../db/embedded/binaries.ts";
import { type Embedded, startEmbedded } from "../../../db/embedded/embedded.ts";
import { claim } from "../../../db/embedded/owner.ts";
import { readPidFile } from "../../../db/embedded/pid_file.ts";
import { startPostmaster } from "../../../db/embedded/postmaster.ts";
import { shell } from "../../../db/embedded/shell.ts";
import { withStateDir } from "../../support/embedded_process.ts";
import { until } from "../../support/program.ts";

/** Errors that PostgreSQL or we wrote, and what happened to the server. */
const heard: string[] = [];
const log = createLogger({
  level: "warn",
  nowMs: () => Date.now(),
  human: false,
  write: (line) => heard.push(line),
});

function open(dir: string) {
  heard.length = 0;
  return startEmbedded({
    dir,
    log,
    onDown: () => heard.push("down"),
    onUp: () => heard.push("up"),
  });
}

async function start(dir: string): Promise<Embedded> {
  const result = await open(dir);
  assert.ok(result.ok, JSON.stringify(result));
  return result.server;
}

/** Asks over a connection of its own. */
async function ask({ host, port, user, database }: Embedded, statement: string) {
  const sql = postgres({ host, port, user, database, max: 1, onnotice() {} });
  try {
    return [...await sql.unsafe(statement)];
  } finally {
    await sql.end();
  }
}

Deno.test("The embedded database keeps its rows from one start to the next", () =>
  withStateDir(async (dir) => {
    const first = await start(dir);
    assert.deepEqual([first.owned, first.host.startsWith("/")], [true, true]);
    await ask(first, "create table kept as select 7 as id");
    await first.close();
    const second = await start(dir);
    assert.equal(second.host, first.host);
    assert.deepEqual(await ask(second, "select id from kept"), [{ id: 7 }]);
    const [settings] = await ask(
      second,
      "select current_setting('server_version_num')::int / 10000 as major, " +
        "current_setting('fsync') as fsync, current_setting('listen_addresses') as listens, " +
        "current_setting('jit') as jit, current_setting('server_encoding') as encoding",
    );
    assert.deepEqual(settings, {
      major: 16,
      fsync: "on",
      listens: "",
      jit: "off",
      encoding: "UTF8",
    });
    await second.close();
    assert.deepEqual(heard, []);
  }));

Deno.test("A server that is killed is started again at the same address", () =>
  withStateDir(async (dir) => {
    const server = await start(dir);
    await ask(server, "create table kept as select 7 as id");
    Deno.kill((await readPidFile(`${dir}/data`))!.pid, "SIGKILL");
    await until("restart", () => Promise.resolve(heard.includes("up") || null));
    assert.deepEqual(heard.filter((line) => line === "down" || line === "up"), ["down", "up"]);
    assert.ok(heard.some((line) => line.includes("database_ended")));
    assert.deepEqual(await ask(server, "select id from kept"), [{ id: 7 }]);
    await server.close();
  }));

Deno.test("Ctrl-C in the terminal of the program does not reach its server", () =>
  withStateDir(async (dir) => {
    const server = await start(dir);
    const { pid } = (await readPidFile(`${dir}/data`))!;
    assert.notEqual(await sessionOf(pid), await sessionOf(Deno.pid));
    await server.close();
  }));

/** A terminal signals the processes of one session. */
async function sessionOf(pid: number): Promise<string> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  // pid (name) state parent group session …, and a name may hold anything.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3]!;
}

Deno.test("Data of another version are refused, with what to do, and left as they are", () =>
  withStateDir(async (dir) => {
    await (await start(dir)).close();
    await Deno.writeTextFile(`${dir}/data/PG_VERSION`, "15\n");
    const refused = await open(dir);
    assert.ok(!refused.ok);
    assert.equal(refused.reason, "version");
    assert.match(refused.message, /PostgreSQL 15 .* 16: export .*DATABASE_URL/);
    await Deno.writeTextFile(`${dir}/data/PG_VERSION`, "16\n");
    await (await start(dir)).close();
  }));

Deno.test("A directory whose path is too long for a socket has its socket elsewhere", () =>
  withStateDir(async (dir) => {
    const deep = `${dir}/${"d".repeat(60)}/${"e".repeat(60)}`;
    const server = await start(deep);
    assert.ok(`${server.host}/.s.PGSQL.${server.port}`.length <= 103);
    assert.equal((await Deno.stat(server.host)).mode! & 0o777, 0o700);
    assert.deepEqual(await ask(server, "select 1 as one"), [{ one: 1 }]);
    await server.close();
    await assert.rejects(Deno.stat(server.host), Deno.errors.NotFound);
  }));

Deno.test("A server that nobody owns any more is ended, and its rows are there", () =>
  withStateDir(async (dir) => {
    const made = await start(dir);
    await ask(made, "create table kept as select 7 as id");
    await made.close();
    const dataDir = await Deno.realPath(`${dir}/data`);
    const orphan = await startPostmaster({
      binDir: await unpackBinaries(await findPackage(), await Deno.realPath(dir)),
      dataDir,
      socketDir: made.host,
      account: await serverAccount(dataDir),
      settings: {},
      onLine: () => {},
    });
    const server = await start(dir);
    assert.equal(await orphan.exited, 0);
    await orphan.stop();
    assert.ok(heard.some((line) => line.includes("database_orphan_ended")));
    assert.deepEqual(await ask(server, "select id from kept"), [{ id: 7 }]);
    await server.close();
  }));

Deno.test("A pid file that by now names another process harms neither it nor the start", () =>
  withStateDir(async (dir) => {
    await (await start(dir)).close();
    const dataDir = `${dir}/data`;
    const bystander = idle(await serverAccount(dataDir));
    const lines = [bystander.pid, dataDir, 1, 5432, `${dir}/socket`, "", "1 1", "ready"];
    await Deno.writeTextFile(`${dataDir}/postmaster.pid`, `${lines.join("\n")}\n`);
    const server = await start(dir);
    assert.deepEqual(await ask(server, "select 1 as one"), [{ one: 1 }]);
    await server.close();
    await bystander.stdin.close();
    assert.equal((await bystander.status).code, 0);
  }));

/** A process of the server's own account that ends well only when it is let. */
function idle(account: Account | null): Deno.ChildProcess {
  const { command, options } = shell("read _; exit 0", { args: [], account });
  return new Deno.Command(command, { ...options, stdin: "piped" }).spawn();
}

Deno.test("A directory that another process holds without a server is busy", () =>
  withStateDir(async (dir) => {
    await Deno.mkdir(dir);
    const place = { packageDir: "", stateDir: dir, dataDir: `${dir}/data` };
    const held = await claim(place, { waitMs: 0 });
    assert.ok(held.owned);
    await assert.rejects(claim(place, { waitMs: 0 }), { reason: "busy" });
    held.release();
    const again = await claim(place, { waitMs: 0 });
    assert.ok(again.owned);
    again.release();
  }));

Deno.test({
  name: "Root is told of a directory that the server's account may not enter",
  ignore: Deno.uid() !== 0,
  fn: () =>
    withStateDir(async (dir) => {
      await Deno.mkdir(dir, { mode: 0o700 });
      const refused = await open(`${dir}/below`);
      assert.ok(!refused.ok);
      assert.equal(refused.reason, "no-user");
      assert.match(refused.message, /may not enter .*DATABASE_URL/);
    }),
});

Deno.test("A server that cannot start says why, and leaves the directory free", () =>
  withStateDir(async (dir) => {
    await (await start(dir)).close();
    const conf = `${dir}/data/postgresql.conf`;
    const good = await Deno.readTextFile(conf);
    await Deno.writeTextFile(conf, "no_such_setting = 1\n");
    const refused = await open(dir);
    assert.ok(!refused.ok);
    assert.equal(refused.reason, "failed");
    assert.match(refused.message, /no_such_setting.*DATABASE_URL/);
    await Deno.writeTextFile(conf, good);
    await (await start(dir)).close();
  }));

Deno.test("A start that was cut short in the making is made anew", () =>
  withStateDir(async (dir) => {
    for (const name of ["data.new/base", "postgres-16.0.0/native", "postgres-0.new"]) {
      await Deno.mkdir(`${dir}/${name}`, { recursive: true });
    }
    const server = await start(dir);
    assert.deepEqual(await ask(server, "select 1 as one"), [{ one: 1 }]);
    await server.close();
    const left = [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
    assert.deepEqual(left.filter((name) => name.includes(".new") || name.includes("-16.0.0")), []);
  }));
