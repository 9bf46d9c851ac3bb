import { Governor } from "../../../../core/feed/governor.ts";
import { Redactor } from "../../../../core/feed/redactor.ts";
import type { RestDeps, RestOptions } from "../../../../core/feed/rest_caller.ts";
import { TokenKeeper } from "../../../../core/feed/token_keeper.ts";
import { Secret } from "../../../../core/secret.ts";
import { FAST } from "./feeds.ts";
import { clock } from "./journals.ts";

/** A service to call and a key that it knows. */
export interface TestService {
  readonly url: string;
  readonly consumerId: string;
  readonly secret: string;
}

export interface TestRest {
  readonly options: RestOptions;
  readonly deps: RestDeps;
  readonly keeper: TokenKeeper;
  readonly governor: Governor;
  readonly stop: AbortController;
}

/** Runs a body with what REST clients of a service need; calls are 10 ms apart unless told. */
export async function withRestDeps(
  { url, consumerId, secret }: TestService,
  { spacingMs = 10, waitingMax = 16, timeoutMs = 300 },
  run: (rest: TestRest) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const redactor = new Redactor();
  redactor.add("secret", new Secret(secret));
  const shared = { clock, rising: clock, random: () => 0, fetch, log: () => {}, redactor };
  const keeper = new TokenKeeper({
    baseUrl: url,
    consumerId,
    consumerSecret: new Secret(secret),
    timeoutMs: 2_000,
    limits: { ...FAST.token, spacingMs: 0 },
  }, shared);
  const governor = new Governor({ spacingMs, waitingMax });
  const options = { baseUrl: url, timeoutMs };
  const deps = { ...shared, keeper, governor, signal: stop.signal };
  try {
    await run({ options, deps, keeper, governor, stop });
  } finally {
    await keeper.stop();
  }
}
