import assert from "node:assert/strict";
import { ROWS_MAX } from "../../../core/hub/limits.ts";
import { Hub } from "../../../core/hub/hub.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import type { NameEntry } from "../../../core/wire/names.ts";
import { FakeLink, hubStart, KNOWN, liveStatus, NINE_THIRTY_MS, ROWS } from "./world.ts";

const VNM: NameEntry = ["VNM", "Sữa Việt Nam", "Vinamilk"];
const VNM_NAMES = { vi: "Sữa Việt Nam", en: "Vinamilk" };

function engineSide(epoch: string): Publisher {
  const publisher = new Publisher({ epoch: "", status: liveStatus() });
  publisher.setRows(ROWS, epoch);
  return publisher;
}

Deno.test("Names reach a hub when they come and with each snapshot, and a new engine side takes none away", () => {
  const engine = engineSide("e1");
  const hub = new Hub(hubStart(liveStatus()));
  hub.apply(engine.tick(1)!, NINE_THIRTY_MS);
  assert.equal(hub.namesOf("VNM"), null);
  assert.equal(hub.apply(engine.names([VNM]), NINE_THIRTY_MS), "applied");
  assert.deepEqual(hub.namesOf("VNM"), VNM_NAMES);

  const late = new Hub(hubStart(liveStatus()));
  late.apply(engine.snapshot(), NINE_THIRTY_MS);
  assert.deepEqual(late.namesOf("VNM"), VNM_NAMES);

  const restarted = engineSide("e2");
  hub.apply(restarted.tick(1)!, NINE_THIRTY_MS);
  assert.deepEqual(hub.namesOf("VNM"), VNM_NAMES);
  hub.apply(restarted.names([["VNM", null, "Milk"]]), NINE_THIRTY_MS);
  assert.deepEqual(hub.namesOf("VNM"), { vi: null, en: "Milk" }, "the newest word holds");
});

Deno.test("No frame carries names: clients hear nothing of them", () => {
  const engine = engineSide("e1");
  const hub = new Hub(hubStart(liveStatus()));
  hub.apply(engine.tick(1)!, NINE_THIRTY_MS);
  const links = (["v1", "market"] as const).map((contract) => {
    const link = new FakeLink(contract);
    hub.join(link, contract, NINE_THIRTY_MS, KNOWN);
    return link;
  });
  const sent = links.map((link) => link.sent.length);
  hub.apply(engine.names([VNM]), NINE_THIRTY_MS + 60);
  hub.tick(NINE_THIRTY_MS + 120);
  assert.deepEqual(links.map((link) => link.sent.length), sent);
});

Deno.test("A hub keeps names of as many securities as there are rows", () => {
  const engine = engineSide("e1");
  const many = Array.from({ length: ROWS_MAX }, (_, n): NameEntry => [`A${n}`, `${n}`, null]);
  engine.names(many);
  engine.names([VNM, ["A0", "again", null]]);
  const { names } = engine.snapshot();
  assert.equal(names.length, ROWS_MAX);
  assert.deepEqual(names[0], ["A0", "again", null]);
});
