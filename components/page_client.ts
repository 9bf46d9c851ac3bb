import { MarketClient } from "../core/wire/client.ts";
import type { SocketStatus } from "../core/wire/client_options.ts";
import type { FeedStatus } from "../core/wire/status.ts";

/** What an island can hear of the page's one socket beside data. */
export interface SocketHandlers {
  onStatus?(feed: FeedStatus): void;
  onSocket?(status: SocketStatus): void;
  onLatency?(ms: number): void;
}

/** The socket of a page, which all of its islands share (B-37). */
export interface PageClient {
  readonly market: MarketClient;
  /** Tells an island from now on; the socket is closed when the last one has ended this. */
  tell(handlers: SocketHandlers): () => void;
}

/** By address; one as long as a page is open. */
const clients = new Map<string, PageClient>();

/** The client of this page, opened by the first island that asks. */
export function pageClient(
  { url, token }: { readonly url: string; readonly token: string },
): PageClient {
  const held = clients.get(url);
  if (held !== undefined) return held;
  const listeners = new Set<SocketHandlers>();
  let status: SocketStatus | null = null;
  const market = new MarketClient({
    url,
    // REST is at the page's own address, wherever the sockets are.
    api: "/",
    token,
    onStatus: (feed) => listeners.forEach((listener) => listener.onStatus?.(feed)),
    onSocket(newest) {
      status = newest;
      listeners.forEach((listener) => listener.onSocket?.(newest));
    },
    onLatency: (ms) => listeners.forEach((listener) => listener.onLatency?.(ms)),
  });
  const client: PageClient = {
    market,
    tell(handlers) {
      listeners.add(handlers);
      if (status !== null) handlers.onSocket?.(status);
      return () => {
        listeners.delete(handlers);
        if (listeners.size > 0) return;
        clients.delete(url);
        market.close();
      };
    },
  };
  clients.set(url, client);
  return client;
}
