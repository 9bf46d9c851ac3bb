import type { Tools } from "./tools.ts";

const SERVERS = new URL("servers/", import.meta.url).pathname;

/** A server that takes part. */
export interface Contender {
  readonly name: string;
  readonly title: string;
  /** The command without what it is given, or null when a tool is missing. */
  readonly command: (tools: Tools) => string[] | null;
  /** Whether it is given files of texts, or sizes to make messages of. */
  readonly takes: "texts" | "sizes";
  readonly isDeflated?: boolean;
  /** Whether it uses more than one processor, and is compared only where all have them all. */
  readonly isPacedOnly?: boolean;
  /** Clients beyond which a round takes seconds. */
  readonly clientsMax?: number;
  /** What a client asks for; without it a socket gets every message. */
  readonly protocol?: "vnstock.v1.json";
}

/** The command of a program of ours. */
export const deno = (file: string, ...flags: string[]) => [
  Deno.execPath(),
  "run",
  "--frozen",
  "-A",
  ...flags,
  SERVERS + file,
];

/** As `deno task start` runs it, and not `start:native`. */
const SANDBOXED = "--deny-ffi";

/** Every contender; the limit is the first, because the others are measured by it. */
export const CONTENDERS: readonly Contender[] = [
  {
    name: "limit",
    title: "C, one send() each",
    command: ({ limit }) => limit === null ? null : [limit],
    takes: "texts",
  },
  {
    name: "gateway",
    title: "this server, gateway",
    command: () => deno("hub_gateway.ts", SANDBOXED),
    takes: "sizes",
    protocol: "vnstock.v1.json",
  },
  {
    name: "gateway-native",
    title: "this server, gateway, native",
    command: () => deno("hub_gateway.ts"),
    takes: "sizes",
    protocol: "vnstock.v1.json",
  },
  {
    name: "gateway-deflate",
    title: "this server, gateway, deflated",
    command: () => deno("hub_gateway.ts", SANDBOXED),
    takes: "sizes",
    protocol: "vnstock.v1.json",
    isDeflated: true,
  },
  {
    name: "gateways",
    title: "this server, two gateways",
    command: () => deno("gateway_pair.ts", SANDBOXED),
    takes: "sizes",
    protocol: "vnstock.v1.json",
    isPacedOnly: true,
  },
  {
    name: "gateways-nats",
    title: "this server, two processes behind NATS",
    command: ({ hasNats }) => hasNats ? deno("gateway_nats.ts", SANDBOXED) : null,
    takes: "sizes",
    protocol: "vnstock.v1.json",
    isPacedOnly: true,
  },
  {
    name: "gateways-native",
    title: "this server, two gateways, native",
    command: () => deno("gateway_pair.ts"),
    takes: "sizes",
    protocol: "vnstock.v1.json",
    isPacedOnly: true,
  },
  {
    name: "deno",
    title: "this server, own port",
    command: () => deno("hub_deno.ts"),
    takes: "sizes",
    protocol: "vnstock.v1.json",
  },
  {
    name: "ws",
    title: "ws on Node",
    command: ({ node }) => node === null ? null : [node, `${SERVERS}ws_node.mjs`],
    takes: "texts",
  },
  {
    name: "ws-deflate",
    title: "ws on Node, deflated",
    command: ({ node }) => node === null ? null : [node, `${SERVERS}ws_node.mjs`, "--deflate"],
    takes: "texts",
    isDeflated: true,
    clientsMax: 1_000,
  },
  {
    name: "bun",
    title: "Bun publish",
    command: ({ bun }) => bun === null ? null : [bun, `${SERVERS}bun_publish.mjs`],
    takes: "texts",
  },
  {
    name: "bun-deflate",
    title: "Bun publish, deflated",
    command: ({ bun }) => bun === null ? null : [bun, `${SERVERS}bun_publish.mjs`, "--deflate"],
    takes: "texts",
    isDeflated: true,
  },
  {
    name: "loop",
    title: "Deno.upgradeWebSocket loop",
    command: () => deno("deno_loop.ts"),
    takes: "texts",
  },
];
