import { PROBLEM_CODES } from "../wire/problem_words.ts";
import type { ApiPlace } from "./asyncapi.ts";
import { type Json, type JsonObject, ref } from "./json_schema.ts";
import { answersOf, ERRORS, HEADERS } from "./rest_answers.ts";
import { REST_BURST, REST_PER_SECOND } from "./rate_limit.ts";
import { exampleOf } from "./rest_examples.ts";
import { GROUPS, methodOf, type RestOperation } from "./rest_operation.ts";
import { REST_OPERATIONS } from "./rest_operations.ts";
import { parametersOf } from "./rest_parameters.ts";
import { jsonSchemas, schemaPath } from "./rest_schemas.ts";
import { TOKEN_PARAMETER } from "./answer.ts";

/** The paths and schemas are the same for every request, and take tens of milliseconds to write out. */
let made: { readonly paths: JsonObject; readonly components: JsonObject } | null = null;

/** The OpenAPI 3.1 document of everything that a server answers, as a JSON value. */
export function openApiDocument(
  { version, page, needsToken }: Omit<ApiPlace, "socket">,
): JsonObject {
  made ??= { paths: paths(), components: components() };
  return {
    openapi: "3.1.1",
    info: {
      title: "VN Stock Tracker",
      version,
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: page.origin }],
    security: needsToken ? [{ bearer: [] }, { query: [] }] : [],
    tags: Object.entries(GROUPS).map(([name, { en }]) => ({ name, description: en })),
    ...made,
    externalDocs: { url: `${page.origin}/api`, description: "The same for people" },
  };
}

const DESCRIPTION = `Numbers of the Viet Nam stock market. Prices are in VND (indices and futures \
in points), volumes in shares or contracts, values in VND, times of the exchange in Viet Nam, ISO \
8601 with +07:00; null means not there. Market data carry \`as_of\` (exchange time of the newest \
event), \`seq\` and \`epoch\` (the position they were made at) and \`data_status\` (live, stale, \
closed, replay or simulated: how far a number may be trusted).

GET addresses answer HEAD too, and any other method with 405 and Allow. An unknown parameter, one \
given twice and a bad value are 400 with \`parameter\` and \`wanted\`. An address of another machine \
gets ${REST_PER_SECOND} requests a second below /api, ${REST_BURST} at once, and then 429 with \
Retry-After; RateLimit counts down to it. Sockets are in /api/asyncapi.json.`;

function paths(): JsonObject {
  return Object.fromEntries(
    Object.entries(REST_OPERATIONS).map(([name, operation]) => [
      operation.path,
      { [methodOf(operation)]: operationObject(name, operation) },
    ]),
  );
}

function operationObject(operationId: string, operation: RestOperation): JsonObject {
  const { group, about, gives, path } = operation;
  const { isGuarded, isTagged, errors } = answersOf(operation);
  const parameters = parametersOf(operation).map((parameter) => {
    const { name, place, about, isRequired, schema, sample } = parameter;
    return {
      ...{ name, in: place, description: about.en, required: isRequired, schema },
      ...(sample !== null && { example: sample }),
    };
  });
  return {
    operationId,
    tags: [group],
    summary: about.en,
    description: gives.en,
    parameters: [...parameters, ...(isTagged ? [ref("components/parameters/IfNoneMatch")] : [])],
    ...securityOf(path, isGuarded),
    responses: {
      200: goodAnswer(operationId, operation),
      ...(isTagged && { 304: ref("components/responses/304") }),
      ...Object.fromEntries(errors.map((code) => [code, ref(`components/responses/${code}`)])),
      ...(path === "/readyz" && { 503: NOT_READY }),
      default: ref("components/responses/error"),
    },
  };
}

/** The token in a query is taken below `/api` alone; `/health` says more to who shows it. */
function securityOf(path: string, isGuarded: boolean): JsonObject {
  if (path === "/health") return { security: [{}, { bearer: [] }] };
  if (!isGuarded) return { security: [] };
  return path.startsWith("/api/") ? {} : { security: [{ bearer: [] }] };
}

function goodAnswer(name: string, operation: RestOperation): JsonObject {
  const { mediaTypes, headers } = answersOf(operation);
  return {
    description: operation.gives.en,
    headers: headerRefs(headers),
    content: Object.fromEntries(
      mediaTypes.map((type) => [type, mediaObject(type, name, operation)]),
    ),
  };
}

function mediaObject(type: string, name: string, { body, gives }: RestOperation): JsonObject {
  if (type !== "application/json") {
    const description = type === "application/x-ndjson"
      ? "A line of JSON for each row of the list, with symbol and data_status in each."
      : type === "text/csv"
      ? "RFC 4180, names of columns first; empty for null. Columns are the fields of the rows."
      : gives.en;
    return { schema: { type: "string", description } };
  }
  const schemas = (body ?? []).map((name) => ref(schemaPath(name)));
  const example = exampleOf(name);
  return {
    schema: schemas.length > 1 ? { anyOf: schemas } : schemas[0] ?? { type: "object" },
    ...(example !== null && { example }),
  };
}

const PROBLEM: JsonObject = {
  "application/problem+json": { schema: ref(schemaPath("Problem")) },
};
const NOT_READY: JsonObject = {
  description: "The process should get no traffic, and why",
  headers: headerRefs(["X-Request-Id", "Retry-After"]),
  content: { "application/json": { schema: ref(schemaPath("NotReady")) } },
};

function components(): JsonObject {
  const errors = Object.entries(ERRORS).map(([status, { about, headers }]) => [status, {
    description: about.en,
    headers: headerRefs(["X-Request-Id", ...headers]),
    content: PROBLEM,
  }]);
  const codes = Object.entries(PROBLEM_CODES).map(([code, { en }]) => `\`${code}\`: ${en}`);
  return {
    schemas: jsonSchemas(),
    responses: {
      ...Object.fromEntries(errors),
      304: {
        description: "The client has it",
        headers: headerRefs(["X-Request-Id", "ETag"]),
      },
      error: {
        description: `Any other error. Codes: ${codes.join("; ")}.`,
        headers: headerRefs(["X-Request-Id"]),
        content: PROBLEM,
      },
    },
    parameters: {
      IfNoneMatch: {
        name: "If-None-Match",
        in: "header",
        description: "ETag of what the client has",
        schema: { type: "string" },
      },
    },
    headers: Object.fromEntries(
      Object.entries(HEADERS).map(([name, { en }]) => [name, {
        description: en,
        schema: { type: name === "Retry-After" ? "integer" : "string" },
      }]),
    ),
    securitySchemes: {
      bearer: { type: "http", scheme: "bearer", description: "The value of WS_AUTH_TOKEN." },
      query: { type: "apiKey", in: "query", name: TOKEN_PARAMETER, description: "Below /api." },
    },
  };
}

function headerRefs(names: readonly string[]): Record<string, Json> {
  return Object.fromEntries(names.map((name) => [name, ref(`components/headers/${name}`)]));
}
