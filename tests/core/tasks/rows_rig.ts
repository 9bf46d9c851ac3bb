import { createIngest, type Ingest, ingestFrame } from "../../../core/engine/ingest.ts";
import { step } from "../../../core/engine/step.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import { BoardRows } from "../../../core/tasks/rows.ts";
import { frame, INIT_FRAME, type WireRecord } from "../../support/ssi_frames.ts";

export const MEMBERS = ["AAA", "BBB", "CCC", "DDD", "EEE"];

/** Rows over an engine without a feed. */
export interface Rig {
  readonly ingest: Ingest;
  readonly rows: BoardRows;
  readonly publisher: Publisher;
  /** Takes records as frames, then publishes what they changed. */
  readonly tick: (...records: readonly WireRecord[]) => void;
}

export function rig({ vn30 = MEMBERS, futures = ["41I1GC000"], extra = [] as string[] } = {}): Rig {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 100 });
  const publisher = new Publisher({ epoch: "e0", status: connectingStatus("sim", 0) });
  const rows = new BoardRows(ingest.engine, publisher, {
    extraSymbols: extra,
    carry: { ratePct: 4.5, dividendPct: 1.5, costPct: 0.15 },
  });
  know(ingest, vn30);
  rows.setUniverse({ vn30, futures, source: "feed" });
  ingestFrame(ingest, INIT_FRAME);
  let epochs = 0;
  const tick = (...records: readonly WireRecord[]) => {
    for (const record of records) rows.note(ingestFrame(ingest, frame(record)));
    if (rows.needNewEpoch()) rows.startEpoch(`e${++epochs}`);
    rows.publishDirty();
    publisher.tick(ingest.engine.market.asOfMs);
  };
  return { ingest, rows, publisher, tick };
}

/** Tells the engine the members of VN30. */
export function know(ingest: Ingest, vn30: readonly string[]): void {
  step(ingest.engine, { kind: "reference", members: { VN30: vn30 }, shares: {} });
}
