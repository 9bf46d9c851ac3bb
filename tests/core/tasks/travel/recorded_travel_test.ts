import assert from "node:assert/strict";
import { Hub } from "../../../../core/hub/hub.ts";
import { Publisher } from "../../../../core/hub/publisher.ts";
import { createLogger } from "../../../../core/log.ts";
import { RecordedTravel } from "../../../../core/tasks/travel/recorded_travel.ts";
import { DATE } from "../../../simulation/market_frames.ts";
import { withFolder } from "../../feed/support/journals.ts";
import { hubStart, liveStatus, ROWS } from "../../hub/world.ts";
import { MOMENT, OPTIONS, partTexts, record } from "./recorded_part.ts";

Deno.test("A minute that is held is refused once its day is recorded no more", async () => {
  await withFolder(async (dir) => {
    await record(dir, partTexts("14:06:30"));
    const lines: string[] = [];
    const log = createLogger({
      ...{ level: "warn", nowMs: () => 0, human: false },
      write: (line) => lines.push(line),
    });
    const live = new Hub(hubStart(liveStatus()));
    const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
    publisher.setRows(ROWS, "e1");
    const nowMs = Date.parse("2030-01-02T10:00:00+07:00");
    live.apply(publisher.tick(nowMs)!, nowMs);
    const settings = { dir, engine: OPTIONS, moment: MOMENT, logLevel: "warn" } as const;
    const travel = new RecordedTravel(settings, () => live.view(), log);
    try {
      const moment = { date: DATE, minute: "14:06" };
      const found = await travel.hubAt(moment);
      assert.ok(found.ok, JSON.stringify(found));
      const again = await travel.hubAt(moment);
      assert.ok(again.ok && again.hub === found.hub, "it is not held");
      await Deno.remove(`${dir}/${DATE}`, { recursive: true });
      assert.deepEqual(await travel.hubAt(moment), { ok: false, refusal: "no-day" });
    } finally {
      travel.stop();
    }
    assert.deepEqual(lines, []);
  });
});
