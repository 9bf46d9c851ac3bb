/** Pages of the dashboard in the order of the navigation; the keys of its words. */
export const PAGES = [
  { name: "board", path: "/" },
  { name: "market", path: "/market" },
  { name: "foreign", path: "/foreign" },
  { name: "volume", path: "/volume" },
  { name: "derivatives", path: "/derivatives" },
  { name: "signals", path: "/signals" },
  { name: "status", path: "/status" },
] as const;
export type PageName = typeof PAGES[number]["name"];

/** The page of an address; a security's page belongs to the board. */
export function pageAt(pathname: string): PageName {
  return PAGES.find(({ path }) => path === pathname)?.name ?? "board";
}
