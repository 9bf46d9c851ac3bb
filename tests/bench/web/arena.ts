import type { Browser } from "playwright-core";
import { launchBrowser } from "../../support/browser.ts";
import { startProgram } from "../../support/program.ts";
import { serveReactBoard } from "./react/serve.ts";

/** Ten times the pace of an ordinary morning: some 2,000 cells of VN30 change a second. */
const BUSY = { SIM_SCENARIO: "quiet", SIM_START: "10:00", SIM_SPEED: "10" };

/** Who shows the board. */
export type Target = "app" | "react";

/** Both servers and the browser. */
export interface Arena {
  readonly browser: Browser;
  readonly urls: Readonly<Record<Target, string>>;
}

/** Starts the application on a busy simulated morning, the React board beside it, and Chromium. */
export async function withArena(act: (arena: Arena) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await using react = await serveReactBoard();
    await using app = startProgram({
      ...BUSY,
      APP_PORT: "0",
      CORS_ORIGINS: react.url,
      DATA_DIR: dir,
      DATABASE_URL: "off",
    });
    const url = await app.url;
    react.connect(`${url.replace("http", "ws")}/ws`);
    const browser = await launchBrowser();
    try {
      await act({ browser, urls: { app: url, react: react.url } });
    } finally {
      await browser.close();
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
