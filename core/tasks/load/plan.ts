import { z } from "zod";
import { isLoopback } from "../../config_forms.ts";
import { type ChannelName, isChannelName } from "../../wire/channel.ts";
import { splitArguments } from "../split_arguments.ts";

/** What the clients do beside subscribing; each is told in docs/load.md. */
export const SCENARIOS = ["stream", "burst", "storm", "slow", "stalled"] as const;
export type Scenario = typeof SCENARIOS[number];

const USAGE = "deno task load ws://127.0.0.1:8000/ws [--clients 100] [--seconds 30] " +
  `[--scenario ${SCENARIOS.join("|")}] [--channel board:vn30,index] [--rate 250] ` +
  "[--http http://127.0.0.1:8000] [--rest] [--json] [--i-own-this-server]; " +
  "a token is taken from LOAD_TOKEN";

const Arguments = z.object({
  url: z.url({ protocol: /^wss?$/, error: "an address such as ws://127.0.0.1:8000/ws" }),
  clients: z.coerce.number().pipe(z.int().min(1).max(19_000)).default(100),
  seconds: z.coerce.number().pipe(z.number().min(1).max(86_400)).default(30),
  scenario: z.enum(SCENARIOS).default("stream"),
  channel: z.string().transform((text) => text.split(","))
    .pipe(z.array(z.string().refine(isChannelName, "the name of a channel")).min(1).max(64))
    .default(["board:vn30"]),
  rate: z.coerce.number().pipe(z.int().min(100).max(2_000)).optional(),
  http: z.url({ protocol: /^https?$/ }).optional(),
});

/** One run of the load tool. */
export interface LoadPlan {
  /** Address of the socket. */
  readonly url: string;
  /** Where metrics and REST are, without a path. */
  readonly httpUrl: string;
  readonly clients: number;
  readonly seconds: number;
  readonly scenario: Scenario;
  readonly channels: readonly ChannelName[];
  /** Ms between two updates; null for the server's own. */
  readonly rateMs: number | null;
  readonly isRest: boolean;
  readonly isJson: boolean;
}

/** Reads the command line; throws one Error that names what is wrong and the wanted form. */
export function parseLoadArgs(args: readonly string[]): LoadPlan {
  const { positionals: [url, ...more], values } = split(args);
  if (more.length > 0) throw wrong("wanted one address");
  const { rest, json, "i-own-this-server": isOwn, ...given } = values;
  const parsed = Arguments.safeParse({ url, ...given });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join()}: ${message}`);
    throw wrong(problems.join("; "));
  }
  const { channel, rate, http, ...plan } = parsed.data;
  const httpUrl = new URL(http ?? plan.url.replace(/^ws/, "http")).origin;
  for (const address of [plan.url, httpUrl]) {
    if (isOwn || isLoopback(hostOf(address))) continue;
    throw wrong(`${hostOf(address)} is another machine: add --i-own-this-server if it is yours`);
  }
  return {
    ...plan,
    httpUrl,
    channels: channel as ChannelName[],
    rateMs: rate ?? null,
    isRest: rest === true,
    isJson: json === true,
  };
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^\[|\]$/g, "");
}

function wrong(problem: string): Error {
  return new Error(`Cannot load: ${problem}; the form is ${USAGE}`);
}

function split(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  return splitArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      clients: text,
      seconds: text,
      scenario: text,
      channel: text,
      rate: text,
      http: text,
      rest: flag,
      json: flag,
      "i-own-this-server": flag,
    },
  }, wrong);
}
