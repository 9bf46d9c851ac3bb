import { draw, keyOf, STREAM } from "./rng.ts";
import type { SimMessage } from "./types.ts";
import type { WireMessage } from "./wire_message.ts";

type Content = Record<string, unknown>;
/** Whether something that happens once in `outOf` messages happens in this one. */
type Chance = (quirk: Quirk, outOf: number) => boolean;

/** Things that differ from message to message, each drawn by itself. */
const enum Quirk {
  rtype,
  isin,
  extra,
  session,
  noSession,
  board,
  text,
  average,
  nine,
  time,
  envelope,
  dataType,
  index,
  odd,
}

/** Noise of a sum of floats; it rounds away. */
const NOISE_VND = 0.003;
const NOISE_RATIO = 1e-12;
/** Values above this have no digits left for noise. */
const NOISY_MAX = 2 ** 42;

/** A message as it has been captured, with one variant or another of what the feed is known for. */
export function wildMessage(
  { channel, symbol, record }: SimMessage,
  { key, isCached }: { readonly key: number; readonly isCached: boolean },
): WireMessage {
  const chance: Chance = (quirk, outOf) => draw(key, STREAM.quirk, quirk) % outOf === 0;
  const content: Content = { ...record };
  switch (channel) {
    case "X":
    case "X-TRADE":
      roughenTrade(content, chance, isCached);
      break;
    case "X-QUOTE":
      roughenQuote(content, chance);
      break;
    case "R":
      for (const name of ["BuyVal", "SellVal"]) addNoise(content, name);
      if (chance(Quirk.text, 16)) writeAsText(content, ["BuyVol", "SellVol", "CurrentRoom"]);
      break;
    case "MI":
      roughenIndex(content, chance, symbol);
      break;
    case "F":
      if (chance(Quirk.odd, 4)) delete content.TradingOlSession;
      break;
    case "OL":
      addNoise(content, "TotalVal");
      break;
    case "B":
      break;
  }
  roughenHead(content, chance);
  return { ...envelope(channel, chance), content, isObject: channel === "OL" };
}

function roughenHead(content: Content, chance: Chance): void {
  if (chance(Quirk.rtype, 32)) rename(content, "RType", "Rtype");
  if ("Isin" in content && chance(Quirk.isin, 8)) content.Isin = null;
  if (chance(Quirk.extra, 32)) content.Reserved = { Code: [0], Note: null };
  if (content.TradingSession === "" && chance(Quirk.session, 2)) content.TradingSession = null;
  if (content.TradingSession === null && chance(Quirk.noSession, 4)) delete content.TradingSession;
  if (content.Exchange !== "DERIVATIVES") return;
  if ("TradingStatus" in content) {
    content.TradingStatus = chance(Quirk.board, 3) ? "Normal" : "Active";
  }
  if (!chance(Quirk.board, 4)) return;
  for (const name of ["Exchange", "MarketId"]) if (name in content) content[name] = "DER";
}

function roughenTrade(content: Content, chance: Chance, isCached: boolean): void {
  // The last message of a day was seen with the volume of the whole day as its last.
  if (isCached && content.TradingSession === "C") content.LastVol = content.TotalVol;
  if (content.AvgPrice === "NaN" && chance(Quirk.average, 4)) content.AvgPrice = null;
  addNoise(content, "TotalVal");
  if (typeof content.Change === "number") content.Change *= 1 - NOISE_RATIO;
  if (chance(Quirk.text, 16)) writeAsText(content, ["LastVol", "TotalVol", "LastPrice"]);
}

function roughenQuote(content: Content, chance: Chance): void {
  if (chance(Quirk.nine, 8)) rename(content, "AskPrice9", "AskPrie9");
  if (chance(Quirk.text, 32)) {
    writeAsText(content, ["BidVol1", "BidVol2", "BidVol3", "AskVol1", "AskVol2", "AskVol3"]);
  }
  if (chance(Quirk.odd, 16)) {
    content.StockNo = 1_417;
    content.StockType = content.Exchange === "DERIVATIVES" ? "Future" : "Stock";
  }
  if (chance(Quirk.time, 64)) rename(content, "Time", "TradingTime");
}

/** VN30 and about half of the others never count their members. */
function roughenIndex(content: Content, chance: Chance, id: string): void {
  if (id === "VN30" || (keyOf(0, id) & 1) === 0) {
    for (const name of ["Advances", "NoChanges", "Declines", "Ceilings", "Floors"]) {
      content[name] = 0;
    }
  }
  if (chance(Quirk.index, 2)) delete content.MarketId;
  if (chance(Quirk.odd, 8)) content.IndexType = chance(Quirk.average, 2) ? null : "";
  addNoise(content, "TotalValue");
  if (content.IndexValEst === 0) delete content.IndexValEst;
}

function envelope(
  channel: SimMessage["channel"],
  chance: Chance,
): Pick<WireMessage, "typeKey" | "contentKey" | "dataType"> {
  const isLower = chance(Quirk.envelope, 64);
  const old = channel === "X-TRADE" ? "Trade" : channel === "X-QUOTE" ? "Quote" : channel;
  return {
    typeKey: isLower ? "datatype" : chance(Quirk.dataType, 48) ? "Datatype" : "DataType",
    contentKey: isLower ? "content" : "Content",
    dataType: chance(Quirk.dataType, 64) ? old : channel,
  };
}

function addNoise(content: Content, name: string): void {
  const value = content[name];
  if (typeof value === "number" && value > 0 && value < NOISY_MAX) {
    content[name] = value + (value % 2 === 0 ? NOISE_VND : -NOISE_VND);
  }
}

function writeAsText(content: Content, names: readonly string[]): void {
  for (const name of names) {
    const value = content[name];
    if (typeof value === "number") {
      content[name] = Number.isInteger(value) && value % 200 === 0
        ? value.toFixed(1)
        : String(value);
    }
  }
}

function rename(content: Content, from: string, to: string): void {
  if (!(from in content)) return;
  content[to] = content[from];
  delete content[from];
}
