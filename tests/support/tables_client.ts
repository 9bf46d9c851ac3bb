import { type ChannelName, isLogChannel } from "../../core/wire/channel.ts";
import { MarketClient } from "../../core/wire/client.ts";
import type { ClientOptions } from "../../core/wire/client_options.ts";
import type { LogHandlers, StateHandlers } from "../../core/wire/client_channel.ts";
import type { Position } from "../../core/wire/frames.ts";

export interface TablesOptions extends ClientOptions, StateHandlers, Partial<LogHandlers> {
  readonly seed: readonly ({ readonly c: ChannelName } & Position)[];
}

/** The product's client with one set of handlers for all of its channels. */
export function connectTables({ seed, ...options }: TablesOptions): MarketClient {
  const client = new MarketClient(options);
  for (const { c, e, s } of seed) {
    if (isLogChannel(c)) {
      const onEntries = options.onEntries ?? (() => {});
      client.subscribe(c, { onEntries }, { from: { e, s } });
    } else {
      const { onSnapshot, onDelta } = options;
      client.subscribe(c as "index", { onSnapshot, onDelta }, { from: { e, s } });
    }
  }
  return client;
}
