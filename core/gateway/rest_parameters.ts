import * as z from "zod";
import type { Told } from "../wire/codes.ts";
import { AT_PARAMETER, MOMENT_FORM } from "../wire/moment.ts";
import { type Json, type JsonObject, omitSafeBounds } from "./json_schema.ts";
import type { RestOperation } from "./rest_operation.ts";
import { PATH_WORDS, QUERY_WORDS, ROWS_LIMIT_WORDS, TEXT_SAMPLES } from "./rest_parameter_words.ts";

/** A parameter of an operation, for both documents. */
export interface RestParameter {
  readonly name: string;
  readonly place: "path" | "query" | "header";
  readonly about: Told;
  readonly isRequired: boolean;
  readonly schema: JsonObject;
  /** A text that it may be; null of numbers and listed words. */
  readonly sample: string | null;
}

type Described = Omit<RestParameter, "sample">;

const MOMENT = { type: "string", description: MOMENT_FORM };
const LAST_EVENT: Described = {
  name: "Last-Event-ID",
  place: "header",
  about: {
    vi: "vị trí đi tiếp, epoch/seq; trình duyệt tự gửi",
    en: "position to go on from, epoch/seq; a browser sends it by itself",
  },
  isRequired: false,
  schema: { type: "string" },
};

/** What an operation takes: of its path, of its query as the server checks it, of its headers. */
export function parametersOf(operation: RestOperation): readonly RestParameter[] {
  const { path, query, manner } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]): Described => ({
    name: name!,
    place: "path",
    about: wordsOf(PATH_WORDS, name!),
    isRequired: true,
    schema: name === "date" ? { type: "string", format: "date" } : { type: "string" },
  }));
  const { properties = {}, required = [] } = z.toJSONSchema(query, {
    io: "input",
    override({ zodSchema, jsonSchema }) {
      omitSafeBounds(jsonSchema);
      // A form that reads text has its default in what it reads, and is written the same.
      if (zodSchema instanceof z.ZodDefault) jsonSchema.default = zodSchema.def.defaultValue;
    },
  });
  const inQuery = Object.entries(properties).map(([name, schema]): Described => ({
    name,
    place: "query",
    about: manner === "rows" && name === "limit" ? ROWS_LIMIT_WORDS : wordsOf(QUERY_WORDS, name),
    isRequired: required.includes(name),
    schema: schema as Record<string, Json>,
  }));
  return [
    ...inPath,
    ...inQuery,
    ...(manner === "data" ? [atParameter()] : []),
    ...(manner === "events" ? [LAST_EVENT] : []),
  ].map((parameter) => ({ ...parameter, sample: sampleOf(parameter) }));
}

function sampleOf({ name, schema }: Described): string | null {
  return schema.type === "string" && schema.enum === undefined ? TEXT_SAMPLES[name] ?? null : null;
}

function atParameter(): Described {
  const about = QUERY_WORDS[AT_PARAMETER];
  return { name: AT_PARAMETER, place: "query", about, isRequired: false, schema: MOMENT };
}

/** A parameter without words would be told of to nobody. */
function wordsOf(words: Readonly<Record<string, Told>>, name: string): Told {
  const told = words[name];
  if (told === undefined) throw new Error(`Cannot describe parameter ${name}: it has no words`);
  return told;
}
