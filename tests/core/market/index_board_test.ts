import assert from "node:assert/strict";
import { indexBoard } from "../../../core/market/index_board.ts";

Deno.test("An index follows the session of its own board", () => {
  const boards = ["VN30", "VNINDEX", "HNXINDEX", "HNX30", "HNXUPCOMINDEX"].map(indexBoard);
  assert.deepEqual(boards, ["HOSE", "HOSE", "HNX", "HNX", "UPCOM"]);
});
