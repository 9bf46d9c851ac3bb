/** Query key that marks an asset address as bound to one state of the static files. */
export const ASSET_KEY_PARAM = "__frsh_c";

/** Set once from the build: by the server when it loads, in the browser from the page. */
let assetKey = "";

/** Sets the fingerprint of the static files that addresses are bound to. */
export function setAssetKey(key: string): void {
  assetKey = key;
}

/** Gives the address of a static file under which browsers may keep it for a year. */
export function asset(path: string): string {
  if (assetKey === "" || !/^\/(?!\/)/.test(path) || path.includes(ASSET_KEY_PARAM)) return path;
  const [whole, hash = ""] = path.split(/(?=#)/, 2) as [string, string?];
  return `${whole}${whole.includes("?") ? "&" : "?"}${ASSET_KEY_PARAM}=${assetKey}${hash}`;
}
