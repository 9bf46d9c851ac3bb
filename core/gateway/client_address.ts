import { isLoopback } from "../config_forms.ts";
import { type IpAddress, isInNetwork, type Network, parseIp } from "../ip.ts";

/** The proxies that stand before this server. */
export interface ProxyTrust {
  /** How many a request comes through; 0 when none does. */
  readonly hops: number;
  readonly networks: readonly Network[];
}

/** The other end of a connection as far as the server reads it. */
export interface Connected {
  readonly remoteAddr: Deno.Addr;
}

/** Address at the other end; only this machine reaches a socket that is no network's. */
export function peerOf({ remoteAddr }: Connected): string {
  return "hostname" in remoteAddr ? remoteAddr.hostname : "127.0.0.1";
}

/**
 * Address of the client. Each trusted proxy wrote, at the right end of X-Forwarded-For, who had
 * connected to it: the walk starts at the peer, and goes one entry to the left for each address that
 * is a proxy of ours, `hops` times at most. It stops where an entry is missing or no address. What
 * a client wrote itself stands left of all that.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | null,
  { hops, networks }: ProxyTrust,
): string {
  if (hops === 0 || forwardedFor === null) return peer;
  const entries = forwardedFor.split(",").slice(-hops).map((entry) => entry.trim());
  let address = peer;
  for (let hop = 1; hop <= hops; hop++) {
    const known = parseIp(address);
    const next = entries.at(-hop);
    if (known === null || !isProxy(known, networks)) break;
    if (next === undefined || parseIp(next) === null) break;
    address = next;
  }
  return address;
}

/** One key for all addresses that one client can easily have: IPv6 counts by its /64 network. */
export function addressKey(address: string): string {
  const ip = parseIp(address);
  if (ip === null) return address;
  if (ip.length === 4) return ip.join(".");
  const groups = [0, 2, 4, 6].map((at) => (ip[at]! << 8 | ip[at + 1]!).toString(16));
  return `${groups.join(":")}::/64`;
}

/**
 * Whether an address is this machine, whose rates are not limited: there it is the operator, or a
 * proxy that has to limit its own clients.
 */
export function isOwnMachine(address: string): boolean {
  return isLoopback(address) || isLoopback(addressKey(address));
}

function isProxy(ip: IpAddress, networks: readonly Network[]): boolean {
  return networks.some((network) => isInNetwork(ip, network));
}
