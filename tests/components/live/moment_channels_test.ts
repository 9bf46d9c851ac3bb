import assert from "node:assert/strict";
import { momentChannels } from "../../../components/live/moment_channels.ts";
import type { ServerFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { rowsFor } from "../../../core/wire/snapshot_parts.ts";

const BOARD: SnapshotFrame = {
  ...{ k: "s", c: "board:vn30", e: "at-1", s: 4, t: 1 } as const,
  y: ["ACB", "FPT"],
  v: [[1, 2], [3, 4]],
};

Deno.test("Parts of a large channel of an earlier minute become one (N-15)", () => {
  const parts: ServerFrame[] = [
    { ...BOARD, y: ["ACB"], v: [[1], [3]], i: 0, n: 2 },
    { ...BOARD, y: ["FPT"], v: [[2], [4]], i: 1, n: 2 },
  ];
  assert.deepEqual(momentChannels(["board:vn30"], parts).get("board:vn30"), BOARD);
});

Deno.test("A channel that had nothing at that minute is emptied, not left as it is now (N-15)", () => {
  const channels = momentChannels(["board:vn30", "index", "trades:FPT", "status"], [BOARD]);
  assert.deepEqual([...channels.keys()], ["board:vn30", "index", "trades:FPT"]);
  const index = channels.get("index");
  const trades = channels.get("trades:FPT");
  assert.ok(index?.k === "s" && trades?.k === "a");
  assert.deepEqual([index.y, index.v, index.t, trades.list], [[], [], null, []]);
});

Deno.test("Whoever follows some rows gets those rows of an earlier minute (N-15)", () => {
  assert.deepEqual(rowsFor(BOARD, ["FPT", "VNM"]), { ...BOARD, y: ["FPT"], v: [[2], [4]] });
});
