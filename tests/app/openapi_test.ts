import assert from "node:assert/strict";
import { methodOf, type RestOperation } from "../../core/gateway/rest_operation.ts";
import { REST_OPERATIONS } from "../../core/gateway/rest_operations.ts";
import type { RecordedDay } from "../../core/wire/moment.ts";
import { withApp } from "../support/app.ts";
import { startDebianPostgres } from "../support/postgres.ts";
import { until } from "../support/program.ts";
import { type Piece, resolved, strictCheck } from "../support/rest_document.ts";
import { addressOn } from "../support/rest_examples.ts";

const TOKEN = "a.long-token_1";
const ENV = {
  SIM_START: "10:00",
  SIM_SPEED: "10",
  BACKFILL_ON_START: "auto",
  WS_AUTH_TOKEN: TOKEN,
};
const WITH_TOKEN = { authorization: `Bearer ${TOKEN}` };
const OPERATIONS: readonly (readonly [string, RestOperation])[] = Object.entries(REST_OPERATIONS);
/** Lists that have no row before a session is archived, and may have none of alerts. */
const MAY_BE_EMPTY = ["historySessions", "historyAlerts", "alerts"];

/** A running server and what its document says. */
interface World {
  readonly url: string;
  readonly document: Piece;
  readonly day: RecordedDay;
}

/** What the document says of an operation. */
function told({ document }: World, operation: RestOperation): Piece {
  return document.paths[operation.path][methodOf(operation)];
}

function ask({ url, day }: World, operation: RestOperation, headers: HeadersInit = WITH_TOKEN) {
  const method = methodOf(operation).toUpperCase();
  return fetch(`${url}${addressOn(operation, day)}`, { method, headers });
}

/** Holds an answer to the document: its status, its headers, its media type. */
function assertTold(world: World, operation: RestOperation, response: Response): Piece {
  const where = `${operation.path}, ${response.status}`;
  const answer = resolved(world.document, told(world, operation).responses[response.status] ?? {});
  assert.ok(answer.description !== undefined, `${where} is not told of`);
  assert.ok(response.headers.has("x-request-id"), where);
  if (answer.content === undefined) return null;
  const type = response.headers.get("content-type")!.replace(/; ?charset=utf-8$/, "");
  const types = Object.keys(answer.content).map((each) => each.replace(/; ?charset=utf-8$/, ""));
  assert.ok(types.includes(type), `${where}: ${type}`);
  return answer.content[Object.keys(answer.content)[types.indexOf(type)]!].schema;
}

/** A body that the document describes, which must be just that. */
async function assertBody(world: World, operation: RestOperation, response: Response) {
  const schema = assertTold(world, operation, response);
  const body = await response.json();
  const read = strictCheck(world.document, schema).safeParse(body);
  assert.ok(read.success, `${operation.path}: ${JSON.stringify(read.error?.issues.slice(0, 3))}`);
  return body;
}

async function withWorld(act: (world: World) => Promise<void>): Promise<void> {
  const server = await startDebianPostgres({ tcp: true });
  try {
    await withApp({ ...ENV, DATABASE_URL: server.url() }, async ({ url }) => {
      const response = await fetch(`${url}/api/openapi.json`);
      assert.equal(response.status, 200);
      const document = await response.json();
      const rowsOf = async (path: string) => {
        const body = await (await fetch(`${url}${path}`, { headers: WITH_TOKEN })).json();
        const list = Object.values(body).find(Array.isArray) ?? [];
        return list.length > 0 ? list : null;
      };
      await until("days of the past", () => rowsOf("/api/history/FPT/daily"));
      const [day] = await until("a recorded minute", () => rowsOf("/api/at/days"));
      await act({ url, document, day });
    });
  } finally {
    await server.close();
  }
}

async function everyAnswer(world: World): Promise<void> {
  for (const [name, operation] of OPERATIONS) {
    if (operation.manner === "events") continue;
    const response = await ask(world, operation);
    assert.equal(response.status, 200, operation.path);
    if (operation.body === null) {
      assertTold(world, operation, response);
      await response.body?.cancel();
      continue;
    }
    const body = await assertBody(world, operation, response);
    if (operation.manner !== "rows" || MAY_BE_EMPTY.includes(name)) continue;
    assert.ok(Object.values(body).some((each) => Array.isArray(each) && each.length > 0), name);
  }
}

/** The names that the document tells are those that the server takes: it lists them in a refusal. */
async function everyParameter(world: World): Promise<void> {
  for (const [, operation] of OPERATIONS) {
    const sample = `${operation.sample}${operation.sample.includes("?") ? "&" : "?"}no_such=1`;
    const response = await ask(world, { ...operation, sample });
    assert.equal(response.status, 400, operation.path);
    const { code, parameter, wanted } = await assertBody(world, operation, response);
    assert.deepEqual([code, parameter], ["UNKNOWN_PARAMETER", "no_such"]);
    const inQuery = told(world, operation).parameters
      .map((each: Piece) => resolved(world.document, each))
      .filter((each: Piece) => each.in === "query" && each.name !== "at")
      .map(({ name }: Piece) => name);
    const list = inQuery.length === 0 ? "no parameters" : `one of ${inQuery.join(", ")}`;
    assert.equal(wanted, list, operation.path);
  }
}

/** Who shows no token is refused where the document says so, and nowhere else. */
async function everyGuard(world: World): Promise<void> {
  for (const [, operation] of OPERATIONS) {
    const { security = world.document.security } = told(world, operation);
    const isGuarded = security.length > 0 &&
      !security.some((each: Piece) => Object.keys(each).length === 0);
    const response = await ask(world, operation, {});
    assert.equal(response.status === 401, isGuarded, operation.path);
    if (isGuarded) await assertBody(world, operation, response);
    else await response.body?.cancel();
  }
}

/** Rows as lines and as a table, and answers that a client has already. */
async function everyShape(world: World): Promise<void> {
  for (const [, operation] of OPERATIONS) {
    const { responses } = told(world, operation);
    if (responses["304"] === undefined) continue;
    const first = await ask(world, operation);
    const etag = first.headers.get("etag")!;
    await first.body?.cancel();
    const again = await ask(world, operation, { ...WITH_TOKEN, "if-none-match": etag });
    // What is written meanwhile makes today's list another one.
    assert.ok(again.status === 304 || operation.manner === "rows", operation.path);
    assertTold(world, operation, again);
    await again.body?.cancel();
    if (operation.manner !== "rows") continue;
    for (const accept of ["application/x-ndjson", "text/csv", "image/png"]) {
      const response = await ask(world, operation, { ...WITH_TOKEN, accept });
      assert.equal(response.status, accept === "image/png" ? 406 : 200);
      assertTold(world, operation, response);
      await response.body?.cancel();
    }
  }
}

/** What is not there is not found, and said so in the told form. */
async function everyAbsence(world: World): Promise<void> {
  for (const [, operation] of OPERATIONS) {
    if (!operation.path.includes("{")) continue;
    const address = operation.path
      .replace("{date}/{minute}/channels", "2020-01-02/10:00/channels?c=index")
      .replace(/\{\w+\}/, "NOSUCH-1");
    const response = await fetch(`${world.url}${address}`, { headers: WITH_TOKEN });
    assert.equal(response.status, 404, address);
    await assertBody(world, operation, response);
  }
  const broken = await fetch(`${world.url}/api/history/%E1/daily`, { headers: WITH_TOKEN });
  const { detail } = await broken.json();
  assert.deepEqual([broken.status, detail], [400, "the address holds a broken percent sign"]);
}

/** The page says the same, to a reader without a token or a script. */
async function everyWord({ url, document }: World): Promise<void> {
  for (const lang of ["vi", "en"]) {
    const response = await fetch(`${url}/api?lang=${lang}`);
    const html = await response.text();
    assert.equal(response.status, 200);
    assert.match(html, new RegExp(`<html[^>]* lang="${lang}"`));
    for (const [name, operation] of OPERATIONS) {
      const head = `${methodOf(operation).toUpperCase()} ${operation.path}`;
      assert.ok(html.includes(`<section id="${name}"><h3><code>${head}</code>`), head);
    }
    for (const code of document.components.schemas.Problem.properties.code.enum) {
      assert.ok(html.includes(`<code>${code}</code>`), code);
    }
    assert.ok(
      html.includes(`curl -N -H &quot;Authorization: Bearer $TOKEN&quot; ${url}/api/stream`),
    );
    assert.ok(html.includes(`<code>curl ${url}/livez</code>`));
    for (const path of ["/api/ws", "/api/openapi.json", "/api/asyncapi.json"]) {
      assert.ok(html.includes(`href="${path}"`), path);
    }
    assert.doesNotMatch(html, /<script|&amp;(lt|quot|amp);|undefined|\[object/);
    assert.ok(!html.includes(TOKEN));
    const tables = html.match(/<table>/g)!.length;
    assert.equal(html.match(/<table><caption>[^<]+<\/caption>/g)!.length, tables);
  }
}

Deno.test("Each operation of the OpenAPI document answers as it says, and takes what it says (F-084…F-088, F-099)", async (t) => {
  await withWorld(async (world) => {
    await t.step("answers fit their schemas strictly", () => everyAnswer(world));
    await t.step("parameters are those that the server takes", () => everyParameter(world));
    await t.step("the token is wanted where it says so (F-101)", () => everyGuard(world));
    await t.step("shapes, tags and refused shapes", () => everyShape(world));
    await t.step("what is not there is a problem", () => everyAbsence(world));
    await t.step("the page tells all of it in both languages", () => everyWord(world));
    await t.step("a stream is one of events", async () => {
      const response = await ask(world, REST_OPERATIONS.stream);
      assert.equal(response.status, 200);
      assertTold(world, REST_OPERATIONS.stream, response);
      await response.body?.cancel();
    });
  });
});
