import { REST_OPERATIONS } from "../../core/gateway/rest_operations.ts";
import type { RestOperation } from "../../core/gateway/rest_operation.ts";
import type { RecordedDay } from "../../core/wire/moment.ts";
import { type Piece, resolved } from "./rest_document.ts";

/** Entries of a list of plain values or of lists, and of a list or a map of objects, in an example. */
const VALUES_MAX = 3;
const ENTRIES_MAX = 1;

export interface ExampleOperation {
  readonly name: string;
  readonly address: string;
  readonly method: "GET" | "POST";
  readonly schema: Piece;
}

/**
 * Operations whose answers are JSON of ours, with the address that asks for one: those that speak of
 * a recorded day, and the others.
 */
export function exampleOperations(
  document: Piece,
  day: RecordedDay,
): readonly [past: readonly ExampleOperation[], others: readonly ExampleOperation[]] {
  const operations: readonly [string, RestOperation][] = Object.entries(REST_OPERATIONS);
  const shown = operations.flatMap(([name, operation]) => {
    const { path, method = "get", body, group } = operation;
    if (body === null) return [];
    const answer = document.paths[path][method].responses["200"];
    const { schema } = answer.content["application/json"];
    const address = addressOn(operation, day);
    return [{ name, group, address, method: method === "get" ? "GET" : "POST", schema } as const];
  });
  const isPast = ({ group }: { group: string }) => group === "past";
  return [shown.filter(isPast), shown.filter((each) => !isPast(each))];
}

/** The sample of an operation, of the first minute of a recorded day where it names one. */
export function addressOn({ sample }: RestOperation, { date, first_minute }: RecordedDay): string {
  return sample.replace(/\d{4}-\d{2}-\d{2}\/\d{2}:\d{2}/, `${date}/${first_minute}`);
}

/** A value with the beginnings of its lists and maps alone; of frames the last, which has the data. */
export function shortened(document: Piece, schema: Piece, value: Piece, key = ""): Piece {
  if (typeof value !== "object" || value === null) return value;
  const own = resolved(document, schema);
  const options: readonly Piece[] = own.anyOf ?? own.oneOf ?? [own];
  const form = options.map((each) => resolved(document, each)).find((each) => fits(each, value)) ??
    {};
  if (Array.isArray(value)) {
    const isPlain = value.every((each) => typeof each !== "object" || Array.isArray(each));
    const most = isPlain ? VALUES_MAX : ENTRIES_MAX;
    const kept = key === "frames" ? value.slice(-most) : value.slice(0, most);
    return kept.map((each) => shortened(document, form.items ?? {}, each));
  }
  const isMap = form.properties === undefined && form.required === undefined;
  const entries = Object.entries(value).slice(0, isMap ? ENTRIES_MAX : undefined);
  return Object.fromEntries(entries.map(([name, each]) => [
    name,
    shortened(document, form.properties?.[name] ?? form.additionalProperties ?? {}, each, name),
  ]));
}

/** Whether a schema is of the value's kind and, of an object, names what it has. */
function fits(form: Piece, value: Piece): boolean {
  if (Array.isArray(value)) return form.type === "array";
  if (form.type !== "object") return false;
  const kind = form.properties?.k?.const;
  return kind === undefined || kind === value.k;
}
