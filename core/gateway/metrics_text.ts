import { cpuUsage } from "node:process";
import { type Family, METRICS_TYPE, prometheusText, type Sample } from "../metrics.ts";
import { figureHistograms } from "./figure_histograms.ts";
import type { Services } from "./services.ts";

/** Open links of a channel; the peak is no channel. */
export const HUB_LINKS = /^hub_links_(?!peak$)(\w+)$/;

/** Figures that differ in a part of their name become one metric with a label. */
const LABELLED: readonly {
  readonly pattern: RegExp;
  readonly name: string;
  readonly label: string;
  readonly help: string;
}[] = [
  {
    pattern: /^decode_refused_(\w+)_total$/,
    name: "decode_refused_total",
    label: "reason",
    help: "Messages of the feed that were not understood.",
  },
  {
    pattern: /^event_ignored_(\w+)_total$/,
    name: "event_ignored_total",
    label: "reason",
    help: "Events other than trades that changed nothing.",
  },
  {
    pattern: /^trade_(\w+)_total$/,
    name: "trade_events_total",
    label: "outcome",
    help: "Trade messages by what the tape made of them.",
  },
  {
    pattern: /^volume_by_method_(\w+)_total$/,
    name: "volume_by_method_total",
    label: "method",
    help: "Volume by what found the side of its trade.",
  },
  {
    pattern: /^volume_by_reason_(\w+)_total$/,
    name: "volume_by_reason_total",
    label: "reason",
    help: "Volume without a side, by why.",
  },
  {
    pattern: /^feed_losses_(\w+)_total$/,
    name: "feed_losses_total",
    label: "kind",
    help: "Ended connections to the feed.",
  },
  {
    pattern: /^ws_refused_(\w+)_total$/,
    name: "ws_refused_total",
    label: "reason",
    help: "Sockets that were refused.",
  },
  {
    pattern: HUB_LINKS,
    name: "hub_links",
    label: "channel",
    help: "Open sockets by channel.",
  },
  {
    pattern: /^hub_writes_(?!total$)(\w+)_total$/,
    name: "hub_channel_writes_total",
    label: "channel",
    help: "Messages written by channel of the plain contract.",
  },
  {
    pattern: /^hub_closed_(\w+)_total$/,
    name: "hub_closed_total",
    label: "reason",
    help: "Sockets that the hub closed.",
  },
];

/** Names that dashboards know, and the figure that each stands for. */
const KNOWN_AS: readonly (readonly [name: string, figure: string, help: string])[] = [
  ["ws_connections_active", "ws_open", "Open sockets."],
  ["ws_messages_sent_total", "hub_writes_total", "Messages written to sockets."],
  ["ssi_messages_received_total", "feed_frames_total", "Frames received from the feed."],
];

/** All figures of a process for Prometheus. Counters of the engine side start over with its worker. */
export function metricsText(services: Services): string {
  return prometheusText([
    buildInfo(services.version),
    ...processFamilies(services),
    ...figureFamilies(services.metrics()),
    alertsFired(services),
    ...services.http.families(),
  ]);
}

/** The answer of `/metrics`. */
export function metricsAnswer(services: Services): Response {
  const headers = { "content-type": METRICS_TYPE, "cache-control": "no-store" };
  return new Response(metricsText(services), { headers });
}

function buildInfo(version: string): Family {
  const labels = { version, deno: Deno.version.deno };
  const help = "Version of the product and of the runtime; always 1.";
  return { name: "build_info", help, type: "gauge", samples: [{ labels, value: 1 }] };
}

function processFamilies({ startedMs }: Services): Family[] {
  const { user, system } = cpuUsage();
  const cpuSeconds = (user + system) / 1e6;
  return [
    single("process_cpu_seconds_total", cpuSeconds, "Processor time of all threads."),
    single("process_start_time_seconds", startedMs / 1000, "Start of the process, Unix time."),
    single("process_resident_memory_bytes", Deno.memoryUsage().rss, "Memory of all threads."),
  ];
}

/** Alerts of the trading day; a counter that starts over with the day. */
function alertsFired({ hub }: Services): Family {
  const { from, entries } = hub.view().log("alerts");
  const help = "Alerts fired on the trading day.";
  return single("alert_signals_fired_total", from + entries.length, help);
}

/** Flat figures as families; a name says its type by its end. */
export function figureFamilies(figures: Readonly<Record<string, number>>): Family[] {
  const histograms = figureHistograms(figures);
  const plain: Family[] = [...histograms.families];
  const labelled = new Map<string, { family: Family; samples: Sample[] }>();
  for (const [figure, value] of Object.entries(figures)) {
    if (histograms.used.has(figure)) continue;
    const rule = LABELLED.find(({ pattern }) => pattern.test(figure));
    if (rule === undefined) {
      plain.push(single(figure, value, helpOf(figure)));
      continue;
    }
    const { name, help, label, pattern } = rule;
    let group = labelled.get(name);
    if (group === undefined) {
      const samples: Sample[] = [];
      group = { samples, family: { name, help, type: typeOf(name), samples } };
      labelled.set(name, group);
    }
    group.samples.push({ labels: { [label]: pattern.exec(figure)![1]! }, value });
  }
  const known = KNOWN_AS.flatMap(([name, figure, help]) =>
    figure in figures ? single(name, figures[figure]!, help) : []
  );
  return [...plain, ...[...labelled.values()].map(({ family }) => family), ...known];
}

function single(name: string, value: number, help: string): Family {
  return { name, help, type: typeOf(name), samples: [{ value }] };
}

function typeOf(name: string): "counter" | "gauge" {
  return name.endsWith("_total") ? "counter" : "gauge";
}

/** Names of figures are words. */
function helpOf(figure: string): string {
  const words = figure.replace(/_total$/, "").replaceAll("_", " ");
  return `${words[0]!.toUpperCase()}${words.slice(1)}.`;
}
