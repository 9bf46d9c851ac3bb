/** An IP address as a number; an IPv4 address in IPv6 form is the IPv4 address. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Addresses that begin with the same `prefix` bits. */
export interface Network {
  readonly base: IpAddress;
  readonly prefix: number;
}

/** Longest text of an address without a zone. */
const TEXT_MAX = 45;
const MAPPED = 0xffffn;

/** Reads an address in its usual text form, an IPv6 one with or without a zone; null for any other text. */
export function parseIp(text: string): IpAddress | null {
  const plain = text.includes(":") ? text.replace(/%[\w.-]{1,32}$/, "") : text;
  if (plain.length > TEXT_MAX) return null;
  if (!plain.includes(":")) {
    const value = parseV4(plain);
    return value === null ? null : { bits: 32, value };
  }
  const value = parseV6(plain);
  if (value === null) return null;
  return value >> 32n === MAPPED ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or a single address. */
export function parseNetwork(text: string): Network | null {
  const [address = "", length, ...rest] = text.split("/");
  const base = parseIp(address);
  if (base === null || rest.length > 0) return null;
  if (length === undefined) return { base, prefix: base.bits };
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  // A prefix of IPv6 says nothing about the IPv4 address that was read.
  const isMapped = base.bits === 32 && address.includes(":");
  return prefix <= base.bits && !isMapped ? { base, prefix } : null;
}

export function isInNetwork({ bits, value }: IpAddress, { base, prefix }: Network): boolean {
  const shift = BigInt(bits - prefix);
  return bits === base.bits && value >> shift === base.value >> shift;
}

function parseV4(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    // A leading zero means octal to some readers.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = value << 8n | BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | null {
  const [head = "", tail, ...rest] = text.split("::");
  if (rest.length > 0) return null;
  const left = groupsOf(head, tail === undefined);
  const right = groupsOf(tail ?? "", true);
  if (left === null || right === null) return null;
  const count = left.length + right.length;
  if (tail === undefined ? count !== 8 : count > 7) return null;
  const zeros = new Array<bigint>(8 - count).fill(0n);
  return [...left, ...zeros, ...right].reduce((value, group) => value << 16n | group, 0n);
}

/** Groups of 16 bits; the last two may stand as an IPv4 address. */
function groupsOf(text: string, isEnd: boolean): bigint[] | null {
  if (text === "") return [];
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [at, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(BigInt(`0x${part}`));
      continue;
    }
    const v4 = isEnd && at === parts.length - 1 ? parseV4(part) : null;
    if (v4 === null) return null;
    groups.push(v4 >> 16n, v4 & 0xffffn);
  }
  return groups;
}
