import assert from "node:assert/strict";
import { until } from "./until.ts";

/** A frame of the stream, as far as the tests look into it. */
export interface RawFrame {
  readonly C?: string;
  readonly S?: number;
  readonly M?: readonly { readonly H: string; readonly M: string; readonly A: readonly string[] }[];
  readonly I?: string;
  readonly E?: string;
}

/** One Broadcast, unpacked from its three layers. */
export interface Delivered {
  readonly channel: string;
  readonly symbol: string;
  readonly record: Readonly<Record<string, unknown>>;
}

// The browser's types know no headers; Deno's constructor takes them.
const HeaderSocket = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string> },
) => WebSocket;

const HUBS = JSON.stringify([{ name: "fcmarketdatav2hub" }]);

/** Asks for a token over HTTP. */
export async function tokenOf(url: string, id = "demo", secret = "demo"): Promise<string> {
  const response = await fetch(`${url}/api/v2/Market/AccessToken`, {
    method: "POST",
    body: JSON.stringify({ consumerID: id, consumerSecret: secret }),
  });
  const body = await response.json();
  assert.equal(body.status, 200, `AccessToken answered ${body.status}`);
  return body.data.accessToken;
}

/** The URL of a SignalR action with its usual query. */
export function hubUrl(url: string, action: string, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    transport: "webSockets",
    clientProtocol: "1.3",
    connectionData: HUBS,
    ...extra,
  });
  return `${url}/v2.0/signalr/${action}?${query}`;
}

export function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

/** Negotiates and returns the connection token. */
export async function negotiate(url: string, token: string): Promise<string> {
  const response = await fetch(hubUrl(url, "negotiate"), { headers: bearer(token) });
  return (await response.json()).ConnectionToken;
}

/** A WebSocket that keeps every frame it gets. */
export class RawClient {
  readonly texts: string[] = [];
  closeCode: number | null = null;
  readonly token: string;
  readonly connectionToken: string;
  readonly #socket: WebSocket;
  #invocation = 0;

  private constructor(socket: WebSocket, token: string, connectionToken: string) {
    this.#socket = socket;
    this.token = token;
    this.connectionToken = connectionToken;
    socket.onmessage = (event) => this.texts.push(event.data);
    socket.onclose = (event) => this.closeCode = event.code;
  }

  /** Token, negotiate, connect, init frame. */
  static async connect(service: { readonly url: string }): Promise<RawClient> {
    const token = await tokenOf(service.url);
    const connectionToken = await negotiate(service.url, token);
    const client = RawClient.open(service, "connect", { token, connectionToken });
    await until(() => client.texts.length > 0, "init frame");
    return client;
  }

  /** Opens a socket with given tokens. */
  static open(
    service: { readonly url: string },
    action: "connect" | "reconnect",
    options: { token: string; connectionToken: string; messageId?: string },
  ): RawClient {
    const { token, connectionToken, messageId = "" } = options;
    const url = hubUrl(service.url, action, { connectionToken, messageId, tid: "3" });
    const socket = new HeaderSocket(url.replace("http", "ws"), { headers: bearer(token) });
    return new RawClient(socket, token, connectionToken);
  }

  get frames(): readonly RawFrame[] {
    return this.texts.map((text) => JSON.parse(text));
  }

  /** Every Broadcast so far, in order. */
  get delivered(): readonly Delivered[] {
    return this.frames.flatMap((frame) => frame.M ?? [])
      .filter((message) => message.M === "Broadcast")
      .map((message) => {
        const { DataType, Content } = JSON.parse(message.A[0]!);
        const record = JSON.parse(Content);
        return { channel: DataType, symbol: record.Symbol ?? record.IndexId, record };
      });
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Calls a hub method and waits for the answer. */
  async invoke(method: string, args: readonly unknown[]): Promise<RawFrame> {
    const id = String(++this.#invocation);
    this.send(JSON.stringify({ H: "FCMARKETDATAV2HUB", M: method, A: args, I: id }));
    const answer = () => this.frames.find((frame) => frame.I === id);
    await until(() => answer() !== undefined, `answer to ${method}`);
    return answer()!;
  }

  async switchChannels(channels: string): Promise<RawFrame> {
    return await this.invoke("SwitchChannels", [channels]);
  }

  async close(): Promise<void> {
    this.#socket.close();
    await until(() => this.closeCode !== null, "close of the client");
  }
}
