import { FEED_LIMITS } from "../../feed/feed.ts";
import { Governor, type GovernorLimits } from "../../feed/governor.ts";
import { HistoryClient } from "../../feed/history_client.ts";
import { Redactor } from "../../feed/redactor.ts";
import { RestClient } from "../../feed/rest_client.ts";
import { risingClock } from "../../feed/steady_clock.ts";
import { TokenKeeper } from "../../feed/token_keeper.ts";
import { Secret } from "../../secret.ts";
import type { Service } from "./read_unit.ts";

/** Clients of a service, with what they hold. */
export interface OpenService extends Service {
  close(): Promise<void>;
}

/** Opens clients with a key of their own tokens, and turns at the pace that is allowed. */
export function openClients(
  url: string,
  key: { readonly id: string; readonly secret: Secret },
  governorLimits: GovernorLimits = FEED_LIMITS.governor,
): OpenService {
  const clock = { nowMs: () => Date.now() };
  const rising = risingClock(clock);
  const redactor = new Redactor();
  redactor.add("consumerSecret", key.secret);
  redactor.add("consumerId", new Secret(key.id));
  const baseUrl = url.replace(/\/+$/, "");
  const { requestMs: timeoutMs, token: limits } = FEED_LIMITS;
  const shared = {
    random: Math.random,
    fetch: (address: string, init: RequestInit) => fetch(address, init),
    redactor,
    // What goes wrong is in the result of the call, which is shown.
    log: () => {},
  };
  const keeper = new TokenKeeper(
    { baseUrl, consumerId: key.id, consumerSecret: key.secret, timeoutMs, limits },
    { ...shared, clock, rising },
  );
  const stop = new AbortController();
  const options = { baseUrl, timeoutMs };
  const governor = new Governor(governorLimits);
  const deps = { ...shared, clock: rising, keeper, governor, signal: stop.signal };
  return {
    history: new HistoryClient(options, deps),
    rest: new RestClient(options, deps),
    async close() {
      stop.abort();
      await keeper.stop();
    },
  };
}
