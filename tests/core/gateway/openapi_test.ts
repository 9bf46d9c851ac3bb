import assert from "node:assert/strict";
import * as z from "zod";
import { openApiDocument } from "../../../core/gateway/openapi.ts";
import { exampleOf } from "../../../core/gateway/rest_examples.ts";
import type { RestOperation } from "../../../core/gateway/rest_operation.ts";
import { REST_OPERATIONS } from "../../../core/gateway/rest_operations.ts";
import { PHASES } from "../../../core/market/phase.ts";
import { BUCKETS, METHODS, REASONS } from "../../../core/wire/trade_label.ts";
import { at, type Piece, resolved, strictCheck } from "../../support/rest_document.ts";

const ROUTES = new URL("../../../routes/", import.meta.url);
/** Routes beside `/api` that answer programs; the other files there are sockets. */
const PROBES = ["/health", "/livez", "/metrics", "/readyz", "/ws/ticket"];
const DOCUMENT = JSON.parse(JSON.stringify(openApiDocument({
  version: "1.2.3",
  page: new URL("http://board.test/api"),
  needsToken: true,
})));
const OPERATIONS: readonly (readonly [string, RestOperation])[] = Object.entries(REST_OPERATIONS);

const Ref = z.strictObject({ $ref: z.string().startsWith("#/components/") });
const Schema = z.looseObject({});
const Header = z.strictObject({ description: z.string(), schema: Schema });
const Parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(["path", "query", "header"]),
  description: z.string().min(1),
  required: z.boolean().optional(),
  schema: Schema,
  example: z.string().optional(),
});
const Answer = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), Ref).optional(),
  content: z.record(
    z.string().regex(/^[a-z]+\/[a-z+.-]+(; ?[\w=.-]+)*$/),
    z.strictObject({ schema: Schema, example: z.unknown().optional() }),
  ).optional(),
});
const Security = z.array(z.record(z.string(), z.array(z.string())));
const Operation = z.strictObject({
  operationId: z.string().regex(/^[A-Za-z]\w+$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  description: z.string().min(1),
  parameters: z.array(z.union([Ref, Parameter])),
  security: Security.optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), z.union([Ref, Answer])),
});

/** The part of OpenAPI 3.1 that the document uses; a field that 3.1 does not know fails. */
const OpenApi = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d$/),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.url() })),
  security: Security,
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(
    z.string().startsWith("/"),
    z.strictObject({ get: Operation.optional(), post: Operation.optional() }),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    responses: z.record(z.string(), Answer),
    parameters: z.record(z.string(), Parameter),
    headers: z.record(z.string(), Header),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(["http", "apiKey"]) })),
  }),
  externalDocs: z.strictObject({ url: z.url(), description: z.string() }),
});

/** Every `$ref` in a document, at any depth. */
function refsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "$ref" in value && typeof value.$ref === "string" ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

/** Addresses of the handlers below a folder, as the file router gives them. */
function addressesBelow(folder: URL, path: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const part = (text: string) => text.replace(/^\[(\w+)\]$/, "{$1}");
    if (isDirectory) {
      const isPrivate = name.startsWith("(");
      return isPrivate ? [] : addressesBelow(new URL(`${name}/`, folder), `${path}/${part(name)}`);
    }
    // A page is for people.
    if (!name.endsWith(".ts")) return [];
    const last = part(name.replace(/\.ts$/, ""));
    return [last === "index" ? path : `${path}/${last}`];
  });
}

Deno.test("The OpenAPI document is valid and whole: every pointer leads on, every path has its parameters", () => {
  const { paths, components, tags } = OpenApi.parse(DOCUMENT);
  const refs = refsIn(DOCUMENT);
  assert.ok(refs.length > 300);
  for (const ref of refs) at(DOCUMENT, ref);
  const names = new Set<string>();
  for (const [path, { get, post }] of Object.entries(paths)) {
    for (const operation of [get, post]) {
      if (operation === undefined) continue;
      assert.ok(!names.has(operation.operationId), operation.operationId);
      names.add(operation.operationId);
      assert.ok(tags.some(({ name }) => name === operation.tags[0]), path);
      const parameters = operation.parameters.map((each) => resolved(DOCUMENT, each));
      const keys = parameters.map((each) => `${each.in} ${each.name}`);
      assert.equal(new Set(keys).size, keys.length, path);
      // A reader sees what each text may be.
      for (const { name, schema, example } of parameters) {
        const isText = schema.type === "string" && schema.enum === undefined;
        assert.equal(example !== undefined, isText && name !== "If-None-Match", `${path} ${name}`);
      }
      const inPath = parameters.filter((each) => each.in === "path" && each.required);
      const inTemplate = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      assert.deepEqual(inPath.map(({ name }) => name), inTemplate);
      for (const scheme of (operation.security ?? []).flatMap(Object.keys)) {
        assert.ok(scheme in components.securitySchemes, scheme);
      }
    }
  }
  // What nothing points at is in nobody's way, and out of everybody's sight.
  const named = new Set(refs);
  const unused = Object.keys(components.schemas)
    .filter((name) => !named.has(`#/components/schemas/${name}`));
  assert.deepEqual(unused, []);
});

Deno.test("Every route for programs is in the OpenAPI document, and nothing else is", () => {
  const routes = addressesBelow(new URL("api/", ROUTES), "/api");
  for (const path of PROBES) assert.ok(Deno.statSync(new URL(`.${path}.ts`, ROUTES)).isFile);
  assert.ok(routes.length > 30);
  assert.deepEqual(Object.keys(DOCUMENT.paths).sort(), [...routes, ...PROBES].sort());
});

Deno.test("An operation's sample is an address of its path, and its example fits its schema strictly", () => {
  const without: string[] = [];
  for (const [name, operation] of OPERATIONS) {
    const template = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, "[\\w:-]+")}$`);
    assert.match(operation.sample.split("?")[0]!, template);
    const [answer] = Object.values<{ responses: Record<string, unknown> }>(
      DOCUMENT.paths[operation.path],
    ).map(({ responses }) => Answer.parse(responses["200"]));
    const media = answer!.content?.["application/json"];
    const example = exampleOf(name);
    assert.deepEqual(media?.example ?? null, example, name);
    if (example === null) without.push(name);
    else strictCheck(DOCUMENT, media!.schema).parse(example);
  }
  assert.deepEqual(without, ["stream", "metrics", "calendar", "openapi", "asyncapi"]);
});

/** Every field of the document's schemas, with its schema. */
function fieldsIn(name: string, schema: Piece): [where: string, field: Piece][] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = Object.entries<Piece>(schema.properties ?? {})
    .map(([field, piece]): [string, Piece] => [`${name}.${field}`, piece]);
  return [...own, ...Object.values(schema).flatMap((each) => fieldsIn(name, each))];
}

Deno.test("Prices, volumes, values and speeds tell their unit in the OpenAPI document", () => {
  const { schemas } = DOCUMENT.components;
  const { bid_price_1, bid_volume_1, total_value } = schemas.Quote.properties;
  assert.equal(bid_price_1.description, "VND; of futures and indices points");
  assert.equal(bid_volume_1.description, "shares; of futures contracts");
  assert.equal(total_value.description, "VND");
  assert.equal(schemas.Index.properties.value.description, "points");
  assert.equal(schemas["HistoryRow.candles"].properties.value.description, "VND");
  const fields = Object.entries(schemas).flatMap(([name, schema]) => fieldsIn(name, schema));
  const measured = fields.filter(([where, { type }]) =>
    /(price|volume|value|speed|acceleration|pct|room)(_\d)?$/.test(where) && type !== "array"
  );
  assert.ok(measured.length > 150);
  for (const [where, { description }] of measured) assert.ok(description !== undefined, where);
});

Deno.test("The OpenAPI document tells the phases that a board can be in", () => {
  const { Feed, Session, SessionCertificate } = DOCUMENT.components.schemas;
  const drift = SessionCertificate.properties.quality.properties.phase_drifts.items.properties;
  const told = [
    Feed.properties.phases.additionalProperties,
    Session.properties.phases.additionalProperties,
    ...[drift.phase, drift.timetable_phase],
  ];
  for (const { enum: phases } of told) assert.deepEqual(phases, PHASES);
});

Deno.test("A field that the OpenAPI document does not name fails the strict check", () => {
  const check = strictCheck(DOCUMENT, { $ref: "#/components/schemas/MarketSnapshot" });
  // deno-lint-ignore no-explicit-any -- a field is put deep into it
  const example = structuredClone(exampleOf("marketSnapshot")) as any;
  check.parse(example);
  const [quote] = Object.values<Record<string, number>>(example.quotes);
  quote!.unheard_of = 1;
  assert.ok(!check.safeParse(example).success);
});

Deno.test("The words beside a past trade are listed", () => {
  const { properties } = DOCUMENT.components.schemas["HistoryRow.ticks"];
  const words = ["method", "reason", "phase"].map((name) => properties[name].enum);
  assert.deepEqual(words, [METHODS, REASONS, BUCKETS]);
});
