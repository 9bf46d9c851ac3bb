import {
  type SimService,
  type SimServiceOptions,
  startSimService,
} from "../../../../core/sim/service.ts";
import { tinyDay } from "./tiny_day.ts";
import { until } from "./until.ts";

/** 20 November 2026, a Friday; the services of these tests live on it whatever the day is. */
export const TEST_DATE = "2026-11-20";

/** Starts a paused service on a tiny market at 09:14:50, runs the body, closes the service. */
export async function withService(
  options: Partial<SimServiceOptions>,
  body: (service: SimService) => Promise<void>,
): Promise<void> {
  const service = await startSimService({
    port: 0,
    seed: 7,
    scenario: "normal",
    profile: "clean",
    speed: 1,
    start: "open",
    date: TEST_DATE,
    paused: true,
    openDay: tinyDay,
    ...options,
  });
  try {
    await until(() => service.stats().state !== "fast-forward", "fast-forward");
    await body(service);
  } finally {
    await service.close();
  }
}

/** Seconds since midnight of `HH:MM:SS`. */
export function second(text: string): number {
  const [hour, minute, rest] = text.split(":").map(Number);
  return hour! * 3600 + minute! * 60 + rest!;
}
