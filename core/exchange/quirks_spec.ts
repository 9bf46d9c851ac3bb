import type { SimChannel, SimMessage } from "./types.ts";
import type { WireMessage } from "./wire_message.ts";

type Names = Readonly<Record<string, string>>;

/** Documented names of fields that are spelt otherwise on the wire, for every channel. */
const COMMON: Names = { RType: "Rtype", MarketId: "MarketID", Isin: "ISIN" };

/** Further documented names by channel. */
const BY_CHANNEL: Readonly<Partial<Record<SimChannel, Names>>> = {
  X: { AvgPrice: "Avg" },
  "X-QUOTE": { Time: "TradingTime" },
  R: { BuyVol: "FBuyVol", SellVol: "FSellVol", BuyVal: "FBuyVal", SellVal: "FSellVal" },
  MI: {
    NoChanges: "Nochanges",
    Ceilings: "Ceiling",
    Floors: "Floor",
    TotalQttyPt: "TotalQttyPT",
    TotalValuePt: "TotalValuePT",
    IndexType: "TypeIndex",
  },
  B: { Time: "TradingTime" },
};

/** Fields on the wire that the documents do not know. */
const UNDOCUMENTED: ReadonlySet<string> = new Set(["TradingOlSession", "CloseQtty"]);

/** Session codes that the documents spell otherwise. */
const SESSIONS: Names = { HALT: "H" };
const ODD_LOT_SESSIONS: Names = { HALT: "H", C: "CLOSE", BREAK: "Break" };

/** A message as the documents describe it; numbers are numbers, and odd lots come as an object. */
export function specMessage({ channel, record }: SimMessage): WireMessage {
  const names: Names = { ...COMMON, ...BY_CHANNEL[channel] };
  const content: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (UNDOCUMENTED.has(key)) continue;
    content[names[key] ?? key] = specValue(channel, key, value);
  }
  if (channel === "X-QUOTE") {
    content.MarketID = content.Exchange;
    content.TradingStatus = "N";
  }
  return {
    typeKey: "DataType",
    contentKey: "Content",
    dataType: channel,
    content,
    isObject: channel === "OL",
  };
}

function specValue(channel: SimChannel, key: string, value: unknown): unknown {
  if (value === "NaN") return 0;
  if (value === "DERIVATIVES") return "DER";
  if (key !== "TradingSession") return value;
  const sessions = channel === "OL" ? ODD_LOT_SESSIONS : SESSIONS;
  return typeof value === "string" ? sessions[value] ?? value : "";
}
