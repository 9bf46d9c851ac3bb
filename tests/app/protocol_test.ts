import assert from "node:assert/strict";
import * as z from "zod";
import { ROW_SET_NAMES } from "../../core/wire/channel.ts";
import { CHANNEL_FORMS } from "../../core/wire/channel_words.ts";
import { OPERATIONS } from "../../core/wire/client_schema.ts";
import { ERROR_CODES } from "../../core/wire/codes.ts";
import { CLOSE, type ServerFrame, SUBPROTOCOL } from "../../core/wire/frames.ts";
import { PLAIN_PAYLOADS } from "../../core/wire/plain_schema.ts";
import { FRAME_SCHEMAS } from "../../core/wire/server_schema.ts";
import { withApp } from "../support/app.ts";
import { until } from "../support/program.ts";

const TOKEN = "a.long-token_1";
const ENV = { SIM_START: "10:00", WS_AUTH_TOKEN: TOKEN };

const Ref = z.strictObject({ $ref: z.string().startsWith("#/") });
const Refs = z.record(z.string(), Ref);

/** What AsyncAPI 3.0 requires of a document, and nothing of what it allows besides. */
const AsyncApi = z.looseObject({
  asyncapi: z.literal("3.0.0"),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  servers: z.record(z.string(), z.looseObject({ host: z.string(), protocol: z.string() })),
  channels: z.record(
    z.string(),
    z.looseObject({ address: z.string(), messages: Refs, servers: z.array(Ref) }),
  ),
  operations: z.record(
    z.string(),
    z.looseObject({
      action: z.enum(["send", "receive"]),
      channel: Ref,
      messages: z.array(Ref).min(1),
      reply: z.strictObject({ channel: Ref, messages: z.array(Ref) }).optional(),
    }),
  ),
  components: z.looseObject({
    messages: z.record(
      z.string(),
      z.looseObject({
        payload: z.looseObject({}),
        examples: z.array(z.strictObject({ payload: z.unknown() })),
      }),
    ),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
  }),
});
type Document = z.output<typeof AsyncApi>;

/** Every `$ref` in a document, at any depth. */
function refsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "$ref" in value && typeof value.$ref === "string" ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

/** What a `$ref` leads to. */
function at(document: Document, ref: string): unknown {
  const keys = ref.slice("#/".length).split("/");
  return keys.reduce<unknown>((held, key) => (held as Record<string, unknown>)?.[key], document);
}

/** A check of a message by the JSON Schema that the document gives. */
function checkOf(document: Document, message: string): z.ZodType {
  const { payload } = document.components.messages[message]!;
  return z.fromJSONSchema(payload as z.core.JSONSchema.JSONSchema);
}

async function documentOf(url: string): Promise<Document> {
  const response = await fetch(`${url}/api/asyncapi.json`);
  assert.equal(response.status, 200);
  return AsyncApi.parse(await response.json());
}

/** Frames that a client sees that subscribes to everything, errs, and waits for news of each kind. */
async function framesFrom(address: string): Promise<ServerFrame[]> {
  const socket = new WebSocket(address, SUBPROTOCOL);
  const frames: ServerFrame[] = [];
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.onmessage = ({ data }) => frames.push(...[JSON.parse(data)].flat());
  await new Promise((resolve) => socket.onopen = resolve);
  const channels = [...ROW_SET_NAMES, "alerts", "status", "stock:FPT", "book:FPT", "trades:FPT"];
  for (
    const operation of [
      { op: "auth", id: 0, token: TOKEN },
      { op: "sub", id: 1, c: channels },
      { op: "sub", id: 2, c: ["no:such"] },
    ]
  ) socket.send(JSON.stringify(operation));
  const wanted = ["hello", "ok", "st", "s", "d", "a", "err"];
  await until("frames of each kind", () => {
    const seen = new Set<string>(frames.map(({ k }) => k));
    return Promise.resolve(wanted.every((kind) => seen.has(kind)) ? true : null);
  });
  socket.close();
  await closed;
  return frames;
}

/** The first two messages of a plain address. */
async function plainFrom(address: string): Promise<unknown[]> {
  const socket = new WebSocket(address);
  const messages: unknown[] = [];
  const closed = new Promise((resolve) => socket.onclose = resolve);
  await new Promise<void>((resolve) => {
    socket.onmessage = ({ data }) => {
      if (messages.push(JSON.parse(data)) === 2) resolve();
    };
  });
  socket.close();
  await closed;
  return messages;
}

Deno.test("The AsyncAPI document has its required parts, and the frames of the server fit it", async () => {
  await withApp(ENV, async ({ url, port }) => {
    const document = await documentOf(url);
    const refs = refsIn(document);
    assert.ok(refs.length > 50);
    for (const ref of refs) assert.notEqual(at(document, ref), undefined, ref);
    const plain = [...Object.keys(PLAIN_PAYLOADS), "status", "error"].map((name) =>
      `plain_${name}`
    );
    const named = [...Object.keys(FRAME_SCHEMAS), ...Object.keys(OPERATIONS), "frames", ...plain];
    assert.deepEqual(Object.keys(document.components.messages).sort(), named.sort());
    for (const [name, { examples }] of Object.entries(document.components.messages)) {
      for (const { payload } of examples) checkOf(document, name).parse(payload);
    }

    const { host, protocol } = document.servers.sockets!;
    assert.equal(host, `127.0.0.1:${port}`);
    const frames = await framesFrom(`${protocol}://${host}${document.channels.stream!.address}`);
    const checks = new Map<string, z.ZodType>();
    for (const frame of frames) {
      if (!checks.has(frame.k)) checks.set(frame.k, checkOf(document, frame.k));
      checks.get(frame.k)!.parse(frame);
      FRAME_SCHEMAS[frame.k].parse(frame);
    }
    // Alerts come when something happens; their form is held to elsewhere.
    for (const name of ["market", "foreign", "index", "stocks"]) {
      const address = document.channels[`plain_${name}`]!.address.replace("{ticker}", "fpt");
      const messages = await plainFrom(`${protocol}://${host}${address}?token=${TOKEN}`);
      checkOf(document, "plain_status").parse(messages[0]);
      checkOf(document, `plain_${name}`).parse(messages[1]);
    }
    assert.ok(!checkOf(document, "d").safeParse({ ...frames[0], k: "d" }).success);
  });
});

Deno.test("The page of the protocol tells all of it in both languages, without a token or a script", async () => {
  await withApp(ENV, async ({ url, port }) => {
    const guarded = await fetch(`${url}/api/ws/health`);
    assert.equal(guarded.status, 401);
    await guarded.body?.cancel();
    const named = [
      ...Object.keys(FRAME_SCHEMAS),
      ...Object.keys(OPERATIONS),
      ...Object.keys(ERROR_CODES),
      ...Object.values(CLOSE).map(String),
      ...CHANNEL_FORMS,
    ];
    for (const lang of ["vi", "en"]) {
      const response = await fetch(`${url}/api/ws?lang=${lang}`);
      const html = await response.text();
      assert.equal(response.status, 200);
      assert.match(html, new RegExp(`<html[^>]* lang="${lang}"`));
      for (const name of named) assert.ok(html.includes(`<code>${name}</code>`), name);
      assert.ok(html.includes(`curl -N -H &quot;Authorization: Bearer $TOKEN&quot; ${url}`));
      assert.ok(html.includes(`ws://127.0.0.1:${port}/ws`));
      assert.doesNotMatch(html, /<script|&amp;(lt|quot|amp);|undefined|\[object/);
      assert.ok(!html.includes(TOKEN));
    }
  });
});
