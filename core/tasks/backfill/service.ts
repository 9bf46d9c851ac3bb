import type { Config } from "../../config.ts";
import { Secret } from "../../secret.ts";
import { startSimService } from "../../sim/service.ts";
import { openClients, type OpenService } from "./clients.ts";

/** A simulated exchange of our own has no quota and takes this key. */
const SIM_KEY = { id: "demo", secret: new Secret("demo") };

/**
 * Opens the REST service that the application would use; without a key this is a simulated exchange of
 * the same seed, started here and ended by `close`.
 */
export async function openService(config: Config): Promise<OpenService> {
  const { source, credentials, baseUrl } = config.feed;
  if (source !== "own-sim") return openClients(baseUrl, credentials ?? SIM_KEY);
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
  const clients = openClients(sim.url, SIM_KEY, { spacingMs: 0, waitingMax: 1 });
  return {
    ...clients,
    async close() {
      await clients.close();
      await sim.close();
    },
  };
}
