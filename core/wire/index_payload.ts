import { type IndexOut, indexOut } from "./index_out.ts";
import { isoVn, type MarketView } from "./snapshot.ts";
import { type DataStatus, dataStatus } from "./status.ts";

/** The indices of the channel, whatever others the feed sends. */
export const INDEX_PAYLOAD_IDS = ["VN30", "VNINDEX"] as const;

/** One index with the exchange time of its last change, ISO 8601 with +07:00. */
export interface IndexPayloadRow extends IndexOut {
  readonly timestamp: string | null;
}

/** A message of `/ws/index`. */
export interface IndexPayload {
  readonly type: "index";
  readonly indices: Readonly<Record<typeof INDEX_PAYLOAD_IDS[number], IndexPayloadRow | null>>;
  readonly as_of: string | null;
  readonly seq: number;
  readonly epoch: string;
  readonly data_status: DataStatus;
}

/** Builds the message from a view; an index that the feed has not sent is null. */
export function indexPayload(view: MarketView): IndexPayload {
  const row = (id: string) => {
    const held = view.one("index", id);
    if (held === null || (held.value ?? null) === null) return null;
    return { ...indexOut(held), timestamp: timeOfDay(view, held.time) };
  };
  return {
    type: "index",
    indices: { VN30: row("VN30"), VNINDEX: row("VNINDEX") },
    as_of: isoVn(view.asOfMs),
    seq: view.seq,
    epoch: view.epoch,
    data_status: dataStatus(view.status),
  };
}

/** A time of the view's trading date, "HH:mm:ss", as ISO 8601 with the offset of Viet Nam. */
export function timeOfDay({ asOfMs }: MarketView, time: unknown): string | null {
  if (asOfMs === null || typeof time !== "string") return null;
  return `${isoVn(asOfMs).slice(0, "2026-08-03".length)}T${time}.000+07:00`;
}
