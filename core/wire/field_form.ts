import * as z from "zod";

/** A field of a frame or an operation. */
export interface FieldForm {
  readonly name: string;
  /** What it may hold, written like a type of TypeScript. */
  readonly form: string;
  readonly isOptional: boolean;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Values that are listed one by one; of longer lists only the kind is told. */
const VALUES_MAX = 5;

/** The fields of an object in the order of its schema. */
export function fieldForms(schema: z.ZodObject): readonly FieldForm[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
  });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    form: formOf(property as JsonSchema),
    isOptional: !required.includes(name),
  }));
}

function formOf(schema: JsonSchema): string {
  const { type, enum: values, anyOf, items, properties, additionalProperties } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (values !== undefined && values.length <= VALUES_MAX) {
    return values.map((value) => JSON.stringify(value)).join(" | ");
  }
  if (anyOf !== undefined) return oneOf(anyOf.map((each) => formOf(each as JsonSchema)));
  if (Array.isArray(type)) return type.join(" | ");
  if (type === "array") return listForm(items as JsonSchema | JsonSchema[]);
  if (properties !== undefined) return `{ ${Object.keys(properties).join(", ")} }`;
  if (type === "object") return `{ [key]: ${formOf(additionalProperties as JsonSchema)} }`;
  return type ?? "string";
}

function listForm(items: JsonSchema | readonly JsonSchema[]): string {
  if (Array.isArray(items)) return `[${items.map((each) => formOf(each)).join(", ")}]`;
  const { anyOf, type, enum: values } = items as JsonSchema;
  const isUnion = anyOf !== undefined || Array.isArray(type) || values !== undefined;
  const form = formOf(items as JsonSchema);
  return isUnion ? `(${form})[]` : `${form}[]`;
}

function oneOf(forms: readonly string[]): string {
  return [...new Set(forms)].join(" | ");
}
