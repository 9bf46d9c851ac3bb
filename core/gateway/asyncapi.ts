import * as z from "zod";
import { CHANNEL_FORMS } from "../wire/channel_words.ts";
import { OPERATIONS } from "../wire/client_schema.ts";
import { FRAME_WORDS } from "../wire/frame_words.ts";
import { SUBPROTOCOL } from "../wire/frames.ts";
import { OPERATION_WORDS } from "../wire/operation_words.ts";
import { FRAME_SCHEMAS } from "../wire/server_schema.ts";
import { socketAddress, type SocketPlace } from "./socket_address.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

type FrameKind = keyof typeof FRAME_SCHEMAS;
type OperationName = keyof typeof OPERATIONS;

const FRAME_KINDS = Object.keys(FRAME_SCHEMAS) as FrameKind[];
const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];

/** Where this server is, and what it asks for. */
export interface ApiPlace {
  readonly version: string;
  /** Origin of the pages and the API. */
  readonly page: URL;
  /** Address of the socket, `ws:` or `wss:`. */
  readonly socket: URL;
  readonly needsToken: boolean;
}

/** The whole address of the socket for readers of a page. */
export function socketUrl(page: URL, place: SocketPlace): URL {
  return new URL(socketAddress(page, place), page.origin.replace(/^http/, "ws"));
}

/** The AsyncAPI 3.0 document of everything that a server pushes, as a JSON value. */
export function asyncApiDocument({ version, page, socket, needsToken }: ApiPlace): JsonObject {
  const security = needsToken ? [ref("components/securitySchemes/bearer")] : [];
  return {
    asyncapi: "3.0.0",
    id: "urn:vn-stock-tracker",
    info: {
      title: "VN Stock Tracker",
      version,
      description: `The protocol ${SUBPROTOCOL}: numbers of the Viet Nam stock market as they ` +
        "change. The page /api/ws tells the same for people.",
      license: { name: "MIT" },
    },
    defaultContentType: "application/json",
    servers: {
      sockets: { host: socket.host, protocol: socket.protocol.replace(":", ""), security },
      events: { host: page.host, protocol: page.protocol.replace(":", ""), security },
    },
    channels: { stream: streamChannel(socket.pathname), events: eventsChannel() },
    operations: operations(),
    components: { messages: messages(), securitySchemes: { bearer: BEARER } },
  };
}

const BEARER = {
  type: "http",
  scheme: "bearer",
  description: "Or the subprotocol base64url.bearer.vnstock.TOKEN, or the operation auth.",
};

function streamChannel(address: string): JsonObject {
  return {
    address,
    title: SUBPROTOCOL,
    description: `Every channel over one socket with the subprotocol ${SUBPROTOCOL}. A message ` +
      "holds one frame or an array of frames. Channels for the operation sub: " +
      `${CHANNEL_FORMS.join(", ")}.`,
    servers: [ref("servers/sockets")],
    messages: refs("components/messages", [...FRAME_KINDS, "frames", ...OPERATION_NAMES]),
    bindings: { ws: { method: "GET", bindingVersion: "0.1.0" } },
  };
}

function eventsChannel(): JsonObject {
  return {
    address: "/api/stream/{channel}",
    title: "Server-Sent Events",
    description: "The frames of one channel as text/event-stream: event is the k of the frame, " +
      "data the frame, id the position that Last-Event-ID goes on from.",
    servers: [ref("servers/events")],
    parameters: { channel: { description: `One of ${CHANNEL_FORMS.join(", ")}.` } },
    messages: refs("components/messages", FRAME_KINDS),
  };
}

function operations(): JsonObject {
  const replies = ["ok", "err"].map((kind) => ref(`channels/stream/messages/${kind}`));
  const reply = { channel: ref("channels/stream"), messages: replies };
  const received = OPERATION_NAMES.map((name) => [name, {
    action: "receive",
    channel: ref("channels/stream"),
    summary: OPERATION_WORDS[name].about.en,
    messages: [ref(`channels/stream/messages/${name}`)],
    ...(name !== "ack" && { reply }),
  }]);
  const sent = (channel: string, kinds: readonly string[]) => ({
    action: "send",
    channel: ref(`channels/${channel}`),
    messages: kinds.map((kind) => ref(`channels/${channel}/messages/${kind}`)),
  });
  return {
    sendFrames: sent("stream", [...FRAME_KINDS, "frames"]),
    sendEvents: sent("events", FRAME_KINDS),
    ...Object.fromEntries(received),
  };
}

function messages(): JsonObject {
  const frames = FRAME_KINDS.map((kind) => {
    const { about, fields, example } = FRAME_WORDS[kind];
    return [kind, message(about.en, described(FRAME_SCHEMAS[kind], fields), example)];
  });
  const asked = OPERATION_NAMES.map((name) => {
    const { about, fields, example } = OPERATION_WORDS[name];
    return [name, message(about.en, described(OPERATIONS[name].schema, fields), example)];
  });
  const anyFrame = { oneOf: FRAME_KINDS.map((kind) => ref(`components/messages/${kind}/payload`)) };
  const several = { type: "array", minItems: 1, items: anyFrame };
  const batch = message("several frames in one message", several, null);
  return Object.fromEntries([...frames, ["frames", batch], ...asked]);
}

function message(summary: string, payload: JsonObject, example: unknown): JsonObject {
  const examples = example === null ? [] : [{ payload: example as Json }];
  return { summary, contentType: "application/json", payload, examples };
}

/** A schema as JSON Schema, its fields with what stands in them. */
function described(
  schema: z.ZodObject,
  fields: Readonly<Record<string, { readonly en: string }>>,
): JsonObject {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => omitSafeBounds(jsonSchema),
  });
  for (const [field, property] of Object.entries(json.properties ?? {})) {
    const description = fields[field]?.en;
    if (typeof property === "object" && description !== undefined) {
      Object.assign(property, { description });
    }
  }
  return json as JsonObject;
}

/** The bounds of every whole number of JavaScript say nothing about this one. */
function omitSafeBounds(schema: { minimum?: number; maximum?: number }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

function ref(path: string): JsonObject {
  return { $ref: `#/${path}` };
}

function refs(path: string, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, ref(`${path}/${name}`)]));
}
