import { statfsSync } from "node:fs";
import type { Config } from "../../config.ts";
import { listDays } from "../../feed/journal_files.ts";
import { openService } from "../backfill/service.ts";
import { journalDirOf } from "../data_source.ts";
import { requireWritable } from "../start_checks.ts";
import type { Advice } from "./advice.ts";
import { lookAtDatabase } from "./database.ts";

/** Less room than this is worth a word: some days of journal. */
const ROOM_MIN_BYTES = 5e9;

/** Looks at one thing after another; what is wrong with one does not keep it from the next. */
export async function* look(config: Config): AsyncGenerator<Advice> {
  for (const { variable, why } of config.warnings) {
    yield { verdict: "odd", subject: "settings", text: `${variable}: ${why}` };
  }
  yield lookAtFolder(config);
  yield lookAtPort(config);
  yield lookAtJournal(config);
  yield await lookAtDatabase(config);
  yield await lookAtFeed(config);
}

function lookAtFolder({ data }: Config): Advice {
  const subject = "folder";
  try {
    requireWritable(data.dir);
  } catch (error) {
    return { verdict: "bad", subject, text: reasonOf(error) };
  }
  const { bavail, bsize } = statfsSync(data.dir);
  const bytes = bavail * bsize;
  const text = `${data.dir} can be written; ${(bytes / 1e9).toFixed(1)} GB free`;
  return { verdict: bytes < ROOM_MIN_BYTES ? "odd" : "good", subject, text };
}

function lookAtPort({ app: { host: hostname, port } }: Config): Advice {
  const subject = "port";
  try {
    Deno.listen({ hostname, port }).close();
    return { verdict: "good", subject, text: `${hostname}:${port} is free` };
  } catch (error) {
    const inUse = error instanceof Deno.errors.AddrInUse;
    const text = inUse ? `${hostname}:${port} is in use; by a running server?` : reasonOf(error);
    return { verdict: inUse ? "odd" : "bad", subject, text };
  }
}

function lookAtJournal(config: Config): Advice {
  const subject = "journal";
  const dir = journalDirOf(config, config.feed.provider);
  try {
    const days = listDays(dir);
    const span = days.length > 1 ? `${days[0]} to ${days.at(-1)}` : days.join();
    const text = days.length === 0 ? `no day yet in ${dir}` : `${days.length} days: ${span}`;
    return { verdict: "good", subject, text };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { verdict: "good", subject, text: "nothing recorded yet" };
  }
}

async function lookAtFeed(config: Config): Promise<Advice> {
  const subject = "feed";
  if (config.feed.source === "own-sim") {
    return { verdict: "good", subject, text: "no SSI key: the built-in simulated exchange" };
  }
  const service = await openService(config);
  try {
    const members = await service.rest.indexComponents("VN30");
    return members.ok
      ? { verdict: "good", subject, text: `the key is accepted; VN30 has ${members.rows.length}` }
      : { verdict: "bad", subject, text: members.reason };
  } finally {
    await service.close();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
