import type { SystemFacts } from "../../core/wire/system_facts.ts";
import { fill } from "../fill.ts";
import { formatCount } from "../number_format.ts";
import { bytesText, durationText, sumOf, zeroItem } from "./item_forms.ts";
import type { StatusItem, Written } from "./status_item.ts";

/** Ms from a frame to the board that are well, at the 99th percentile. */
const DELAY_MS_MAX = 200;
/** Memory that the program is made for, with thousands of readers. */
const MEMORY_BYTES_MAX = 2e9;

/** How numbers get from the feed to the board. */
export function wayItems({ sockets, figures }: SystemFacts, written: Written): StatusItem[] {
  const { words } = written;
  const { p50, p99 } = sockets.publish_delay_ms;
  const isSlow = p99 !== null && p99 > DELAY_MS_MAX;
  const { bus_connected: isConnected } = figures;
  const items: StatusItem[] = [
    {
      name: words.delay,
      value: p50 === null || p99 === null ? words.unknown : `${p50} / ${p99} ms`,
      level: p99 === null ? "note" : isSlow ? "warn" : "ok",
      ...(isSlow && { help: words.delayHelp }),
    },
    zeroItem({
      name: words.busGaps,
      count: sockets.sending.bus_gaps,
      help: words.busGapsHelp,
    }, written),
    zeroItem({
      name: words.busDropped,
      count: figures.bus_dropped_total,
      help: words.busGapsHelp,
    }, written),
  ];
  if (isConnected === undefined) return items;
  const isUp = isConnected === 1;
  const bus: StatusItem = {
    name: words.busConnected,
    value: isUp ? words.yes : words.no,
    level: isUp ? "ok" : "bad",
    ...(!isUp && { help: words.busHelp }),
  };
  return [bus, ...items];
}

/** Who reads, and how that goes. */
export function socketItems({ sockets, figures }: SystemFacts, written: Written): StatusItem[] {
  const { words, style } = written;
  const { links, addresses, refused } = sockets.connections;
  const { gateways, gateways_up: up = 0 } = figures;
  const connected: StatusItem = {
    name: words.links,
    value: fill(words.linksOf, {
      n: formatCount(links, style),
      addresses: formatCount(addresses, style),
    }),
    level: "note",
  };
  const counts = [
    zeroItem({
      name: words.refusedLinks,
      count: sumOf(refused),
      help: words.refusedLinksHelp,
    }, written),
    zeroItem({
      name: words.slow,
      count: sockets.sending.dropped.slow,
      help: words.slowHelp,
    }, written),
  ];
  if (gateways === undefined || gateways === 0) return [connected, ...counts];
  return [
    connected,
    {
      name: words.gateways,
      value: fill(words.gatewaysOf, { up, all: gateways }),
      level: up === gateways ? "ok" : "warn",
      ...(up !== gateways && { help: words.gatewaysHelp }),
    },
    zeroItem({ name: words.restarts, count: figures.gateway_restarts_total }, written),
    ...counts,
  ];
}

/** The process itself. */
export function processItems({ health }: SystemFacts, { words, style }: Written): StatusItem[] {
  const { uptime_seconds, memory_bytes, version, deno_version } = health;
  const isLarge = memory_bytes > MEMORY_BYTES_MAX;
  return [
    { name: words.uptime, value: durationText(uptime_seconds, words), level: "note" },
    {
      name: words.memory,
      value: bytesText(memory_bytes, style),
      level: isLarge ? "warn" : "ok",
      ...(isLarge && { help: words.memoryHelp }),
    },
    {
      name: words.version,
      value: `VN Stock Tracker ${version} · Deno ${deno_version}`,
      level: "note",
    },
  ];
}
