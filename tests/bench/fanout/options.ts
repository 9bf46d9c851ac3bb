import { parseArgs } from "node:util";
import { z } from "zod";
import { CONTENDERS } from "./programs.ts";

const SIZES = [200, 2_048, 9_216, 30_720];
const CLIENTS = [100, 1_000, 5_000, 10_000];
/** Descriptors of a process, less some for everything else. */
const CLIENTS_MAX = 19_500;
const NAMES = CONTENDERS.map(({ name }) => name);

const numbers = (most: number) =>
  z.string().transform((text) => text.split(",").map(Number))
    .pipe(z.array(z.int().min(1).max(most)).min(1).max(8));

const Options = z.object({
  sizes: numbers(60_000).default(SIZES),
  clients: numbers(CLIENTS_MAX).default(CLIENTS),
  servers: z.string().transform((text) => text.split(","))
    .pipe(z.array(z.enum(NAMES)).min(1)).default(NAMES),
  repeats: z.coerce.number().pipe(z.int().min(1).max(9)).default(3),
  seconds: z.coerce.number().pipe(z.number().min(0.1).max(60)).default(1),
  only: z.enum(["broadcast", "opening", "paced", "neighbours", "behind", "bytes"]).optional(),
  paced: z.coerce.number().pipe(z.int().min(1).max(CLIENTS_MAX)).default(19_000),
  json: z.string().min(1).optional(),
});

/** What the command line asks for. */
export interface FanoutOptions extends z.infer<typeof Options> {
  /** Whether this is the whole bench, which writes the page. */
  readonly isWhole: boolean;
}

/** Reads the command line; throws one Error that names what is wrong. */
export function parseFanoutArgs(args: readonly string[]): FanoutOptions {
  const keys = Object.keys(Options.shape);
  const options = Object.fromEntries(keys.map((key) => [key, { type: "string" as const }]));
  const { values } = parseArgs({ args: [...args], options });
  const parsed = Options.safeParse(values);
  if (!parsed.success) throw new Error(`Cannot run the bench: ${z.prettifyError(parsed.error)}`);
  const given = Object.keys(values).filter((key) => key !== "json");
  return { ...parsed.data, isWhole: given.length === 0 };
}
