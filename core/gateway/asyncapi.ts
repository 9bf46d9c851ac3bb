import { CHANNEL_FORMS } from "../wire/channel_words.ts";
import { SUBPROTOCOL } from "../wire/frames.ts";
import { OPERATION_WORDS } from "../wire/operation_words.ts";
import { PLAIN_WORDS } from "../wire/plain_schema.ts";
import { FRAME_KINDS, messages, OPERATION_NAMES, PLAIN_NAMES } from "./asyncapi_messages.ts";
import { type JsonObject, ref } from "./json_schema.ts";
import { socketAddress, type SocketPlace } from "./socket_address.ts";

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

/** The messages are the same for every request, and the schemas take milliseconds to write out. */
let made: JsonObject | null = null;

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
    channels: {
      stream: streamChannel(socket.pathname),
      events: eventsChannel(),
      ...Object.fromEntries(PLAIN_NAMES.map((name) => [`plain_${name}`, plainChannel(name)])),
    },
    operations: operations(),
    components: { messages: made ??= messages(), securitySchemes: { bearer: BEARER } },
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

function plainChannel(name: typeof PLAIN_NAMES[number]): JsonObject {
  const { address, about } = PLAIN_WORDS[name];
  return {
    address,
    title: `Plain contract: ${about.en}`,
    description: "Without a subprotocol: the whole payload at once and on each change.",
    servers: [ref("servers/sockets")],
    ...(name === "stocks" && { parameters: { ticker: { description: "In either case." } } }),
    messages: refs("components/messages", plainMessages(name)),
    bindings: { ws: { method: "GET", bindingVersion: "0.1.0" } },
  };
}

function plainMessages(name: typeof PLAIN_NAMES[number]): readonly string[] {
  return [`plain_${name}`, "plain_status", "plain_error"];
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
    ...Object.fromEntries(PLAIN_NAMES.map((name) => [
      `send_plain_${name}`,
      sent(`plain_${name}`, plainMessages(name)),
    ])),
    ...Object.fromEntries(received),
  };
}

function refs(path: string, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, ref(`${path}/${name}`)]));
}
