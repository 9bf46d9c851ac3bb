import type { CDPSession, Page } from "playwright-core";
import type { Arena } from "./arena.ts";
import { installProbe, type Probe } from "./probe.ts";

const SCREEN = { width: 1_440, height: 900 };

/** How far the reader is, and how slow the reader's machine. */
export interface Condition {
  readonly name: "local" | "slow";
  readonly title: string;
  readonly latencyMs: number;
  /** Of the network, both ways; null does not limit it. */
  readonly bitsPerSecond: number | null;
  readonly cpuTimesSlower: number;
}

export const LOCAL: Condition = {
  name: "local",
  title: "loopback",
  latencyMs: 0,
  bitsPerSecond: null,
  cpuTimesSlower: 1,
};

export const SLOW: Condition = {
  name: "slow",
  title: "150 ms, 1.6 Mbit/s, processor 4 times slower",
  latencyMs: 150,
  bitsPerSecond: 1_600_000,
  cpuTimesSlower: 4,
};

/** A tab with the probe in it and nothing in its cache. */
export interface Tab {
  readonly page: Page;
  readonly session: CDPSession;
  probe(): Promise<Probe>;
  /** Begins to count cells and frames. */
  count(): Promise<void>;
}

/** Opens a tab under a condition, and closes it with all it has kept. */
export async function withTab<T>(
  { browser }: Arena,
  condition: Condition,
  act: (tab: Tab) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: SCREEN, locale: "vi-VN" });
  try {
    const page = await context.newPage();
    await page.addInitScript(installProbe);
    const session = await context.newCDPSession(page);
    await slowDown(session, condition);
    return await act({
      page,
      session,
      probe: async () => await page.evaluate("probe") as Probe,
      count: async () => void await page.evaluate("count()"),
    });
  } finally {
    await context.close();
  }
}

async function slowDown(session: CDPSession, condition: Condition): Promise<void> {
  const { latencyMs: latency, bitsPerSecond, cpuTimesSlower: rate } = condition;
  if (bitsPerSecond !== null) {
    await session.send("Network.enable");
    const bytesPerSecond = bitsPerSecond / 8;
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
  }
  if (rate > 1) await session.send("Emulation.setCPUThrottlingRate", { rate });
}
