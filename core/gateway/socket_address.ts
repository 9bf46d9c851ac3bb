/** Where sockets are served, as pages have to know it. */
export interface SocketPlace {
  /** Port of the gateways; null when sockets are served beside the pages. */
  readonly port: number | null;
  /** The address where a proxy stands before them; null without. */
  readonly url: string | null;
}

/** Address of the socket for the scripts of a page: a path where it is beside the page. */
export function socketAddress(page: URL, { port, url }: SocketPlace): string {
  if (url !== null) return url;
  if (port === null) return "/ws";
  const scheme = page.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${page.hostname}:${port}/ws`;
}

/** What a page's policy has to allow beside its own origin; null for nothing. */
export function socketOrigin(page: URL, place: SocketPlace): string | null {
  const address = socketAddress(page, place);
  return address.startsWith("/") ? null : new URL(address).origin;
}
