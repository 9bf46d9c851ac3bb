import {
  FEED_LIMITS,
  type FeedDeps,
  type FeedHandle,
  type FeedLimits,
  type FeedOptions,
  type FeedState,
  startFeed,
} from "../../../../core/feed/feed.ts";
import type { Universe } from "../../../../core/feed/startup.ts";
import type { ReferenceEvent } from "../../../../core/market/event.ts";
import { Secret } from "../../../../core/secret.ts";
import type { NameEntry } from "../../../../core/wire/names.ts";
import type { FakeSsi } from "./fake_ssi.ts";
import { clock } from "./journals.ts";

/** The product's limits at a hundredth of their length, so that a test sees them in a second. */
export const FAST: FeedLimits = {
  ...FEED_LIMITS,
  signalr: {
    stageMs: 2_000,
    initMs: 2_000,
    keepAliveMinMs: 200,
    silenceMs: 150,
    silentReconnectMs: 450,
    settleMs: 60,
    startGraceMs: 150,
    steadyMs: 100,
    healthyMs: 600,
    blockedMs: 600,
    tickMs: 20,
    backoff: { minMs: 10, maxMs: 100 },
  },
  token: { spacingMs: 200, blockedMs: 400, marginMs: 18_000, marginShare: 0.2 },
  governor: { spacingMs: 10, waitingMax: 16 },
  universeRetryMs: 300,
  referenceBackoff: { minMs: 10, maxMs: 40 },
  dayCheckMs: 20,
};

/** A running feed and all that it said. */
export interface TestFeed {
  readonly handle: FeedHandle;
  readonly frames: string[];
  readonly states: FeedState[];
  readonly universes: Universe[];
  readonly references: ReferenceEvent[];
  readonly names: NameEntry[];
  readonly logs: string[];
  trading: boolean;
  /** Date of the newest frame, as the engine would tell the feed. */
  tradingDate: string | null;
}

/** Starts a feed against a service; everything it says is kept. */
export function startTestFeed(
  ssi: FakeSsi,
  options: Partial<FeedOptions> = {},
  deps: Partial<FeedDeps> = {},
): TestFeed {
  const frames: string[] = [];
  const states: FeedState[] = [];
  const universes: Universe[] = [];
  const references: ReferenceEvent[] = [];
  const names: NameEntry[] = [];
  const logs: string[] = [];
  const feed = {
    frames,
    states,
    universes,
    references,
    names,
    logs,
    trading: false,
    tradingDate: null,
  } as unknown as {
    -readonly [K in keyof TestFeed]: TestFeed[K];
  };
  feed.handle = startFeed(
    {
      baseUrl: `${ssi.url}/`,
      streamUrl: ssi.url,
      consumerId: ssi.consumerId,
      consumerSecret: new Secret(ssi.secret),
      channels: "F:ALL,X-TRADE:ALL,MI:ALL",
      futuresOverride: [],
      limits: FAST,
      ...options,
    },
    {
      onFrame: (text) => void frames.push(text),
      onState: (state) => void states.push(state),
      onUniverse: (universe) => void universes.push(universe),
      onReference: (event) => void references.push(event),
      onNames: (told) => void names.push(...told),
      isTrading: () => feed.trading,
      tradingDate: () => feed.tradingDate,
    },
    {
      clock,
      random: Math.random,
      log: (event, fields) => void logs.push(`${event} ${JSON.stringify(fields)}`),
      ...deps,
    },
  );
  return feed;
}

/** The state said last. */
export function stateOf(feed: TestFeed): string {
  return feed.states.at(-1)?.state ?? "none";
}
