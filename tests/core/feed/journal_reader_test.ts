import assert from "node:assert/strict";
import type { FileJournal } from "../../../core/feed/journal.ts";
import { readDay } from "../../../core/feed/journal_reader.ts";
import type { JournalPosition, JournalRecord } from "../../../core/port/journal.ts";
import { filesOf, frameOf, openTestJournal, withFolder } from "./support/journals.ts";

const DAY = "2026-11-20";

interface Read {
  readonly records: JournalRecord[];
  /** Segment number and what is wrong with it. */
  readonly damage: [number, string][];
}

async function read(dir: string, after?: JournalPosition, between?: () => void): Promise<Read> {
  const result: Read = { records: [], damage: [] };
  const onDamage = ({ number }: { number: number }, damage: string) =>
    result.damage.push([number, damage]);
  for await (const record of readDay(dir, DAY, { after, onDamage })) {
    result.records.push(record);
    if (result.records.length === 1) between?.();
  }
  return result;
}

/** Commits so many frames one by one and gives the place behind each. */
function put(journal: FileJournal, count: number): JournalPosition[] {
  return [...Array(count).keys()].map((n) => {
    journal.append(DAY, n, frameOf(n));
    journal.commit();
    const position = journal.position(DAY);
    assert.ok(position !== null);
    return position;
  });
}

const times = ({ records }: Read) => records.map((record) => record.receivedMs);

Deno.test("journal reader - gives each record with the place behind it, beside the server that writes", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 500 });
    const positions = put(journal, 20);
    const files = filesOf(dir, DAY);
    for (const pack of [false, true]) {
      if (pack) await journal.tidy();
      const { records, damage } = await read(dir);
      assert.deepEqual(records.map((r) => r.position), positions);
      assert.deepEqual(records.map((r) => r.frame), positions.map((_, n) => frameOf(n)));
      assert.deepEqual(damage, []);
      for (const [n, { position }] of records.entries()) {
        const rest = positions.map((_, time) => time).slice(n + 1);
        assert.deepEqual(times(await read(dir, position)), rest, `behind record ${n}`);
      }
    }
    assert.ok(filesOf(dir, DAY).some((name) => name.endsWith(".gz")));
    assert.notDeepEqual(filesOf(dir, DAY), files, "the server packed what the reader had read");
    journal.append(DAY, 20, frameOf(20));
    journal.commit();
    assert.deepEqual(times(await read(dir, positions.at(-1))), [20]);
    await journal.close();
  });
});

Deno.test("journal reader - reports a torn end and leaves the file as it is", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir);
    put(journal, 3);
    await journal.close();
    const path = `${dir}/${DAY}/000001.vnj`;
    const bytes = Deno.readFileSync(path).subarray(0, -1);
    Deno.writeFileSync(path, bytes);
    const result = await read(dir);
    assert.deepEqual(times(result), [0, 1]);
    assert.deepEqual(result.damage, [[1, "torn"]]);
    assert.equal(Deno.statSync(path).size, bytes.length);
  });
});

Deno.test("journal reader - reports a wrong checksum and goes on with the next segment", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 250 });
    const positions = put(journal, 6);
    await journal.close();
    const [, second] = positions;
    assert.equal(second?.segment, 1);
    const path = `${dir}/${DAY}/000001.vnj`;
    const bytes = Deno.readFileSync(path);
    bytes[second!.offset - 1]! ^= 4;
    Deno.writeFileSync(path, bytes);
    const lost = positions.filter((position) => position.segment === 1).length - 1;
    const result = await read(dir);
    assert.deepEqual(times(result), [0, ...[1, 2, 3, 4, 5].slice(lost)]);
    assert.deepEqual(result.damage, [[1, "corrupt"]]);
  });
});

Deno.test("journal reader - reports the segments of a day that is removed while it is read", async () => {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 500 });
    const positions = put(journal, 20);
    const result = await read(dir, undefined, () => journal.wipe());
    const segments = new Set(positions.map((position) => position.segment));
    segments.delete(1);
    assert.ok(segments.size > 2);
    assert.deepEqual(times(result), positions.flatMap((p, n) => p.segment === 1 ? [n] : []));
    assert.deepEqual(result.damage, [...segments].map((number) => [number, "gone"]));
    await journal.close();
  });
});

Deno.test("journal reader - reads a day that is not there as empty", async () => {
  await withFolder(async (dir) => {
    assert.deepEqual(await read(dir), { records: [], damage: [] });
  });
});
