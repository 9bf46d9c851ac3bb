import * as z from "zod";
import { OPERATIONS } from "../wire/client_schema.ts";
import { FRAME_WORDS } from "../wire/frame_words.ts";
import { OPERATION_WORDS } from "../wire/operation_words.ts";
import { PLAIN_COMMON, PLAIN_PAYLOADS, PLAIN_WORDS } from "../wire/plain_schema.ts";
import { FRAME_SCHEMAS } from "../wire/server_schema.ts";
import { type Json, type JsonObject, omitSafeBounds, openObject, ref } from "./json_schema.ts";

export const FRAME_KINDS = Object.keys(FRAME_SCHEMAS) as (keyof typeof FRAME_SCHEMAS)[];
export const OPERATION_NAMES = Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[];
export const PLAIN_NAMES = Object.keys(PLAIN_PAYLOADS) as (keyof typeof PLAIN_PAYLOADS)[];

/** Every message, by the name that the document's channels use. */
export function messages(): JsonObject {
  const frames = FRAME_KINDS.map((kind) => {
    const { about, fields, example } = FRAME_WORDS[kind];
    return [kind, message(about.en, described(FRAME_SCHEMAS[kind], fields), example)];
  });
  const asked = OPERATION_NAMES.map((name) => {
    const { about, fields, example } = OPERATION_WORDS[name];
    return [name, message(about.en, described(OPERATIONS[name].schema, fields, "closed"), example)];
  });
  const anyFrame = { oneOf: FRAME_KINDS.map((kind) => ref(`components/messages/${kind}/payload`)) };
  const several = { type: "array", minItems: 1, items: anyFrame };
  const batch = message("several frames in one message", several, null);
  const plain = PLAIN_NAMES.map((name) => {
    const payload = described(PLAIN_PAYLOADS[name], {});
    return [`plain_${name}`, message(PLAIN_WORDS[name].about.en, payload, null)];
  });
  const status = message("state of the source", described(PLAIN_COMMON.status, {}), null);
  const error = message("why it is closed", described(PLAIN_COMMON.error, {}), null);
  const common = [["plain_status", status], ["plain_error", error]];
  return Object.fromEntries([...frames, ["frames", batch], ...asked, ...plain, ...common]);
}

function message(summary: string, payload: JsonObject, example: unknown): JsonObject {
  const examples = example === null ? [] : [{ payload: example as Json }];
  return { summary, contentType: "application/json", payload, examples };
}

/** A schema as JSON Schema, its fields with what stands in them. */
function described(
  schema: z.ZodObject,
  fields: Readonly<Record<string, { readonly en: string }>>,
  form: "open" | "closed" = "open",
): JsonObject {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => {
      omitSafeBounds(jsonSchema);
      if (form === "open") openObject(jsonSchema);
    },
  });
  for (const [field, property] of Object.entries(json.properties ?? {})) {
    const description = fields[field]?.en;
    if (typeof property === "object" && description !== undefined) {
      Object.assign(property, { description });
    }
  }
  return json as JsonObject;
}
