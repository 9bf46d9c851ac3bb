import assert from "node:assert/strict";
import { bodyLines, parseBody } from "../../../core/bus/snapshot_format.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { cellsOf, liveStatus, ROWS } from "../hub/world.ts";

Deno.test("The body of a snapshot is the same after its lines, with and without names", () => {
  const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  publisher.setRows(ROWS, "e1");
  publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 101 }));
  for (const name of [null, "Sữa\nViệt Nam"]) {
    if (name !== null) publisher.names([["VNM", name, null]]);
    const { logs: _, ...body } = publisher.snapshot();
    assert.equal(body.names.length, name === null ? 0 : 1);
    assert.deepEqual(parseBody([...bodyLines(body)].map((line) => `${line}\n`).join("")), body);
  }
});
