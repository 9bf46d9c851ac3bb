import type { Json } from "./json_schema.ts";
import examples from "./rest_examples.json" with { type: "json" };

const EXAMPLES: Readonly<Record<string, Json>> = examples;

/** A shortened answer of the simulated market to an operation's sample; null where none is kept. */
export function exampleOf(operation: string): Json {
  return EXAMPLES[operation] ?? null;
}
