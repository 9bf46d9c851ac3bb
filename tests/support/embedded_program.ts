import postgres from "postgres";
import { createLogger } from "../../core/log.ts";
import { startEmbedded } from "../../db/embedded/embedded.ts";

/**
 * A process that opens the embedded database of a directory: `deno run … embedded_program.ts DIR
 * ACTION`. It writes one JSON line when the database is open, then acts:
 * `wait` for the end of stdin and close; `throw`; `exit`; `write` rows and print the id of each
 * that is acknowledged.
 */
async function main(dir: string, action: string): Promise<void> {
  const say = (value: unknown) => console.log(JSON.stringify(value));
  const log = createLogger({ level: "warn", nowMs: () => Date.now(), write: console.error });
  const result = await startEmbedded({
    dir,
    log,
    onDown: (down) => say({ down }),
    onUp: () => say({ up: true }),
  });
  if (!result.ok) return say(result);
  const { owned, host, port, user, database, close } = result.server;
  const sql = postgres({ host, port, user, database, max: 1, onnotice() {} });
  await sql`select 1`;
  say({ owned, host, port, user, database });
  if (action === "throw") setTimeout(() => Promise.reject(new Error("uncaught on purpose")));
  if (action === "exit") Deno.exit(3);
  if (action === "write") await writeForEver(sql, say);
  for await (const _ of Deno.stdin.readable) { /* until it ends */ }
  await sql.end();
  await close();
}

async function writeForEver(sql: postgres.Sql, say: (value: unknown) => void): Promise<never> {
  await sql`create table if not exists acknowledged (id bigserial primary key)`;
  while (true) {
    const [row] = await sql`insert into acknowledged default values returning id::int`;
    say({ id: row!.id });
  }
}

await main(Deno.args[0]!, Deno.args[1]!);
