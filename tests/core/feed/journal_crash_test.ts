import assert from "node:assert/strict";
import { frameOf, openTestJournal, readDay, withFolder } from "./support/journals.ts";

const DAY = "2026-11-20";
const WRITER = new URL("./support/journal_writer.ts", import.meta.url).pathname;

/** Lets a writer run until it has committed `frames`, kills it and returns its last word. */
async function killWriterAfter(dir: string, frames: number): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", WRITER, dir],
    stdout: "piped",
    stderr: "inherit",
  });
  const child = command.spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream());
  let said = "";
  for await (const text of lines) {
    said = (said + text).slice(-200);
    if (Number(said.split("\n").at(-2) ?? 0) >= frames) child.kill("SIGKILL");
  }
  const { signal } = await child.status;
  assert.equal(signal, "SIGKILL", "the writer was killed and did not end otherwise");
  return Number(said.split("\n").at(-2));
}

Deno.test("journal - loses nothing committed when its process is killed, again and again", async () => {
  await withFolder(async (dir) => {
    let before = 0;
    for (const frames of [50, 3_000, 9_000]) {
      const committed = await killWriterAfter(dir, frames);
      const journal = await openTestJournal(dir);
      const records = (await readDay(journal, DAY)).slice(before);
      assert.ok(records.length >= committed, `${records.length} of ${committed} read back`);
      records.forEach((r, n) => assert.equal(r.frame, frameOf(n)));
      before += records.length;
      await journal.close();
    }
  });
});

Deno.test("journal - is open to one process only, and says so to the second", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    await assert.rejects(
      openTestJournal(dir),
      (error: Error) => error.message.includes("DATA_DIR") && error.message.includes(dir),
    );
    await journal.close();
    const again = await openTestJournal(dir);
    await again.close();
  });
});

Deno.test("journal - names DATA_DIR and the path when the folder cannot be used", async () => {
  await withFolder(async (dir) => {
    Deno.writeTextFileSync(`${dir}/file`, "");
    await assert.rejects(
      openTestJournal(`${dir}/file/ssi`),
      (error: Error) => error.message.includes("DATA_DIR") && error.message.includes("/file/ssi"),
    );
  });
});
