/** An IP address as its 4 or 16 bytes; an IPv4 address in IPv6 form is the IPv4 address. */
export type IpAddress = readonly number[];

/** Addresses that begin with the same `prefix` bits. */
export interface Network {
  readonly base: IpAddress;
  readonly prefix: number;
}

/** Longest text of an address without a zone. */
const TEXT_MAX = 45;
const V4_BYTES = 4;
const V6_BYTES = 16;
/** What an IPv4 address in IPv6 form begins with. */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

/** Reads an address in its usual text form, an IPv6 one with or without a zone; null for any other text. */
export function parseIp(text: string): IpAddress | null {
  if (!text.includes(":")) return parseV4(text);
  const plain = text.replace(/%[\w.-]{1,32}$/, "");
  const bytes = plain.length > TEXT_MAX ? null : parseV6(plain);
  if (bytes === null) return null;
  return MAPPED.every((byte, at) => bytes[at] === byte) ? bytes.slice(-V4_BYTES) : bytes;
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or a single address. */
export function parseNetwork(text: string): Network | null {
  const [address = "", length, ...rest] = text.split("/");
  const base = parseIp(address);
  if (base === null || rest.length > 0) return null;
  const bits = 8 * base.length;
  if (length === undefined) return { base, prefix: bits };
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  // A prefix of IPv6 says nothing about the IPv4 address that was read.
  const isMapped = base.length === V4_BYTES && address.includes(":");
  return prefix <= bits && !isMapped ? { base, prefix } : null;
}

export function isInNetwork(address: IpAddress, { base, prefix }: Network): boolean {
  if (address.length !== base.length) return false;
  const bytes = prefix >> 3;
  const rest = 8 - (prefix & 7);
  const isSameStart = base.slice(0, bytes).every((byte, at) => address[at] === byte);
  return isSameStart && (rest === 8 || address[bytes]! >> rest === base[bytes]! >> rest);
}

function parseV4(text: string): IpAddress | null {
  const parts = text.split(".");
  // A leading zero means octal to some readers.
  const isByte = (part: string) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
  return parts.length === V4_BYTES && parts.every(isByte) ? parts.map(Number) : null;
}

function parseV6(text: string): IpAddress | null {
  const [head = "", tail, ...rest] = text.split("::");
  if (rest.length > 0) return null;
  const left = groupsOf(head, tail === undefined);
  const right = groupsOf(tail ?? "", true);
  if (left === null || right === null) return null;
  const missing = V6_BYTES - left.length - right.length;
  // `::` stands for one group at least.
  if (tail === undefined ? missing !== 0 : missing < 2) return null;
  return [...left, ...new Array<number>(missing).fill(0), ...right];
}

/** Bytes of groups of 16 bits; the last two groups may stand as an IPv4 address. */
function groupsOf(text: string, isEnd: boolean): IpAddress | null {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [at, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      const group = parseInt(part, 16);
      bytes.push(group >> 8, group & 255);
      continue;
    }
    const v4 = isEnd && at === parts.length - 1 ? parseV4(part) : null;
    if (v4 === null) return null;
    bytes.push(...v4);
  }
  return bytes;
}
