import { connectingStatus } from "../../../core/hub/replica.ts";
import type { Row } from "../../../core/wire/board.ts";
import type { LogEntryOf, LogName } from "../../../core/wire/log.ts";
import type { MarketView, RowFields } from "../../../core/wire/snapshot.ts";
import type { FeedStatus } from "../../../core/wire/status.ts";

/** The trading day of the fake views, and a time of it. */
export const DATE = "2026-11-25";
export function at(time: string, date = DATE): number {
  return Date.parse(`${date}T${time}+07:00`);
}

/** Rows by table and entries by log; what is not given is empty. */
export interface Held {
  readonly tables?: Readonly<
    Partial<{ [Name in keyof RowFields]: readonly Row<RowFields[Name]>[] }>
  >;
  readonly boards?: Readonly<Record<string, readonly Row<RowFields["stock"]>[]>>;
  readonly logs?: Readonly<Partial<{ [Name in LogName]: readonly LogEntryOf[Name][] }>>;
  readonly asOfMs?: number | null;
  readonly lastSession?: MarketView["lastSession"];
  readonly status?: Partial<FeedStatus>;
}

/** A view over plain arrays with the rules of the hub's own. */
export function fakeView(held: Held = {}): MarketView {
  const { tables = {}, boards = {}, logs = {} } = held;
  const asOfMs = held.asOfMs === undefined ? at("10:00:00") : held.asOfMs;
  const status: FeedStatus = {
    ...connectingStatus("ssi", at("08:00:00")),
    state: "live",
    reason: null,
    tradingDate: DATE,
    asOfMs,
    ...held.status,
  };
  const all = <Name extends keyof RowFields>(name: Name) =>
    (tables[name] ?? []) as unknown as readonly Row<RowFields[Name]>[];
  return {
    epoch: "e1",
    seq: 7,
    lastSession: held.lastSession ?? null,
    asOfMs,
    status,
    rows: ((name: string) => name === "index" ? all("index") : boards[name] ?? []) as MarketView[
      "rows"
    ],
    all,
    one: (name, symbol) => all(name).find((row) => row.symbol === symbol) ?? null,
    log: <Name extends LogName>(name: Name) => ({
      name,
      from: 0,
      entries: (logs[name] ?? []) as unknown as readonly LogEntryOf[Name][],
    }),
    tableSeq: () => 7,
  };
}
