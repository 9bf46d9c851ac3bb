import assert from "node:assert/strict";
import type { HistoryStore } from "../../core/port/history.ts";
import { fillHistory, openHistory, type TestHistory } from "../support/history_days.ts";
import { databaseTest } from "../support/postgres.ts";
import { testApp } from "./app_fixture.ts";

export interface HistoryApp extends TestHistory {
  readonly app: ReturnType<typeof testApp>;
  /** Body of an answer that must be 200. */
  // deno-lint-ignore no-explicit-any -- tests look into it by name
  ask(path: string): Promise<any>;
  /** Text of an answer that must be 200, in a media type. */
  text(path: string, accept: string): Promise<string>;
  /** Status, code, parameter and wanted form of a refusal. */
  refusal(path: string, init?: RequestInit): Promise<[number, string, string?, string?]>;
}

/** One test for each kind of server, over a filled database, on the third of August at 09:30. */
export function historyTest(name: string, act: (world: HistoryApp) => Promise<void>): void {
  databaseTest(name, async ({ address }) => {
    await using held = openHistory(address);
    await fillHistory(address, held.sql);
    await act({ ...held, ...historyApp(held.history) });
  });
}

/** An application over a store, with the questions that tests put to it. */
export function historyApp(history: HistoryStore): Omit<HistoryApp, keyof TestHistory> {
  const app = testApp({}, history);
  app.start();
  const answer = async (path: string, init?: RequestInit) => {
    const response = await app.ask(`/api/history/${path}`, init);
    if (response.status !== 200) assert.fail(`${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    app,
    ask: async (path) => (await answer(path)).json(),
    text: async (path, accept) => (await answer(path, { headers: { accept } })).text(),
    refusal: async (path, init) => {
      const response = await app.ask(`/api/history/${path}`, init);
      const { code, parameter, wanted } = await response.json();
      return [response.status, code, parameter, wanted];
    },
  };
}
