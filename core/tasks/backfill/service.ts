import type { Config } from "../../config.ts";
import { FEED_LIMITS } from "../../feed/feed.ts";
import { Governor } from "../../feed/governor.ts";
import { HistoryClient } from "../../feed/history_client.ts";
import { Redactor } from "../../feed/redactor.ts";
import { RestClient } from "../../feed/rest_client.ts";
import { risingClock } from "../../feed/steady_clock.ts";
import { TokenKeeper } from "../../feed/token_keeper.ts";
import { Secret } from "../../secret.ts";
import { startSimService } from "../../sim/service.ts";
import type { Service } from "./read_unit.ts";

/** The clients of the service that the settings name. */
export interface OpenService extends Service {
  close(): Promise<void>;
}

/** A simulated exchange of our own has no quota and takes this key. */
const SIM_KEY = { id: "demo", secret: new Secret("demo") };

/**
 * Opens the REST service that the application would use; without a key this is a simulated exchange of
 * the same seed, started here and ended by `close`.
 */
export async function openService(config: Config): Promise<OpenService> {
  const { source, credentials, baseUrl } = config.feed;
  if (source !== "own-sim") return clientsOf(baseUrl, credentials ?? SIM_KEY);
  const { seed, scenario, profile } = config.sim;
  // A paused market: its past is all that is asked for.
  const sim = await startSimService({
    port: 0,
    seed,
    scenario,
    profile,
    speed: 1,
    start: "open",
    paused: true,
  });
  const clients = clientsOf(sim.url, SIM_KEY, { spacingMs: 0, waitingMax: 1 });
  return {
    ...clients,
    async close() {
      await clients.close();
      await sim.close();
    },
  };
}

function clientsOf(
  url: string,
  key: { readonly id: string; readonly secret: Secret },
  governorLimits = FEED_LIMITS.governor,
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
