import { SIM_CHANNELS, type SimChannel } from "../exchange/types.ts";

/** Everything of a channel, or the named symbols in upper case. */
export type Selection = "ALL" | ReadonlySet<string>;

/** What one connection receives; a channel that is not in the map is not subscribed. */
export type Subscription = ReadonlyMap<SimChannel, Selection>;
export const NO_SUBSCRIPTION: Subscription = new Map();

/** A SwitchChannels argument, read: what it changes, and the parts that name no channel. */
export interface SwitchRequest {
  /** In the order written; a null selection takes the channel away. */
  readonly changes: readonly {
    readonly channel: SimChannel;
    readonly selection: Selection | null;
  }[];
  readonly refused: readonly string[];
}

const channelByName = new Map<string, SimChannel>(SIM_CHANNELS.map((name) => [name, name]));

/** Reads `X-TRADE:ALL,MI:VN30-VNINDEX`, `X:NONE` or the bare `ALL`, in any case. */
export function parseSwitch(text: string): SwitchRequest {
  const changes: { channel: SimChannel; selection: Selection | null }[] = [];
  const refused: string[] = [];
  for (const part of text.split(",").map((piece) => piece.trim())) {
    if (part.toUpperCase() === "ALL") {
      for (const channel of SIM_CHANNELS) changes.push({ channel, selection: "ALL" });
      continue;
    }
    const colon = part.indexOf(":");
    const channel = channelByName.get(part.slice(0, Math.max(colon, 0)).trim().toUpperCase());
    const selection = colon < 0 ? undefined : parseSelection(part.slice(colon + 1));
    if (channel === undefined || selection === undefined) refused.push(part);
    else changes.push({ channel, selection });
  }
  return { changes, refused };
}

/** The subscription after a request: a named channel is replaced, the others stay. */
export function applySwitch(current: Subscription, request: SwitchRequest): Subscription {
  const next = new Map(current);
  for (const { channel, selection } of request.changes) {
    if (selection === null) next.delete(channel);
    else next.set(channel, selection);
  }
  return next;
}

/** Whether a subscription covers a symbol of a channel; symbols and index ids ignore case. */
export function wants(subscription: Subscription, channel: SimChannel, symbol: string): boolean {
  const selection = subscription.get(channel);
  if (selection === undefined) return false;
  return selection === "ALL" || selection.has(symbol.toUpperCase());
}

function parseSelection(text: string): Selection | null | undefined {
  const symbols = text.split("-").map((symbol) => symbol.trim().toUpperCase())
    .filter((symbol) => symbol !== "");
  if (symbols.length === 0) return undefined;
  if (symbols.length === 1 && symbols[0] === "ALL") return "ALL";
  if (symbols.length === 1 && symbols[0] === "NONE") return null;
  return new Set(symbols);
}
