import { type IndexOut, indexOut } from "./index_out.ts";
import { isoVn, type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** The indices of the channel, whatever others the feed sends. */
export const INDEX_PAYLOAD_IDS = ["VN30", "VNINDEX"] as const;

/** One index with the exchange time of its last change, ISO 8601 with +07:00. */
export interface IndexPayloadRow extends IndexOut {
  readonly timestamp: string | null;
}

/** A message of `/ws/index`. */
export interface IndexPayload extends Stamp {
  readonly type: "index";
  readonly indices: Readonly<Record<typeof INDEX_PAYLOAD_IDS[number], IndexPayloadRow | null>>;
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
    ...stampOf(view),
  };
}

/** A time of the view's trading date, "HH:mm:ss", as ISO 8601 with the offset of Viet Nam. */
export function timeOfDay({ asOfMs }: MarketView, time: unknown): string | null {
  if (asOfMs === null || typeof time !== "string") return null;
  return `${isoVn(asOfMs).slice(0, "2026-08-03".length)}T${time}.000+07:00`;
}
