import type { RowSetName } from "../../core/wire/channel.ts";

/** Lists of the board as `?tab=` names them; the first is the one without it. */
export const TAB_NAMES = [
  "vn30",
  "hose",
  "hnx",
  "upcom",
  "der",
  "watch",
  "sectors",
  "all",
] as const;
export type TabName = typeof TAB_NAMES[number];

/** Boards of securities and of futures have columns of their own. */
export type BoardKind = "stock" | "future";

interface Tab {
  /** Where its rows come from. */
  readonly channel: RowSetName;
  readonly kind: BoardKind;
  /** How lines are ordered until the reader sorts them. */
  readonly order: "symbol" | "given" | "sector";
  /** Whether the first HTML has only some of its rows. */
  readonly isLarge: boolean;
}

export const TABS: Readonly<Record<TabName, Tab>> = {
  vn30: { channel: "board:vn30", kind: "stock", order: "symbol", isLarge: false },
  hose: { channel: "board:hose", kind: "stock", order: "symbol", isLarge: true },
  hnx: { channel: "board:hnx", kind: "stock", order: "symbol", isLarge: true },
  upcom: { channel: "board:upcom", kind: "stock", order: "symbol", isLarge: true },
  der: { channel: "board:der", kind: "future", order: "given", isLarge: false },
  watch: { channel: "market", kind: "stock", order: "given", isLarge: false },
  sectors: { channel: "board:vn30", kind: "stock", order: "sector", isLarge: false },
  all: { channel: "market", kind: "stock", order: "symbol", isLarge: true },
};

/** The board of a tab. */
export function boardHref(tab: TabName): string {
  return tab === TAB_NAMES[0] ? "/" : `/?tab=${tab}`;
}

/** The cookie that keeps which columns a reader chose. */
export function columnsCookie(kind: BoardKind): string {
  return `columns-${kind}`;
}
