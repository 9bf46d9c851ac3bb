import { frameOf } from "./journals.ts";

/** What a connection to the fake hub looked like. */
export interface FakeConnection {
  readonly socket: WebSocket;
  readonly cookie: string | null;
  /** Texts of SwitchChannels, in order. */
  readonly channels: string[];
}

/** A reply that a script puts in the place of the usual one. */
export type Script = (request: Request) => Response | null;

const NEGOTIATE = {
  Url: "/v2.0/signalr",
  ConnectionId: "1",
  KeepAliveTimeout: 20,
  DisconnectTimeout: 30,
  TryWebSockets: true,
  ProtocolVersion: "1.3",
  TransportConnectTimeout: 5,
};
const COOKIE = "affinity=node-7";
const INIT = '{"C":"d-1,0|A,0","S":1,"M":[]}';

/**
 * A small SSI on a real port, REST and hub, that keeps the protocol's rules (token on every call,
 * connection tokens bound to their negotiation, cached message on subscribe) and can be told to
 * break them one by one.
 */
export class FakeSsi {
  readonly secret = "canary-secret-7f3a";
  readonly consumerId = "canary-consumer-91c2";
  /** Requests by last part of the path, in lower case. */
  readonly calls: Record<string, number> = {};
  readonly connections: FakeConnection[] = [];
  /** Headers of the latest request by path. */
  readonly authorizations: Record<string, string | null> = {};
  members: string[] = ["VCB", "FPT", "HPG"];
  futures: string[] = [];
  /** Indices of HOSE; HNX has none. */
  indices: string[] = ["VN30"];
  /** Listed shares of HOSE's securities, as the service writes them. */
  shares: Record<string, string | null> = {};
  tokenLifeS = 8 * 3600;
  keepAliveS = 20;
  /** Replaces the reply of a call (`accesstoken`, `negotiate`, `connect`, `start`…). */
  readonly scripts: Record<string, Script> = {};
  /** Holds the reply of a call back until the promise ends. */
  readonly holds: Record<string, () => Promise<Response>> = {};
  /** Called with each subscription; the default sends one cached message. */
  onSubscribe: (socket: WebSocket) => void = (socket) => socket.send(frameOf(0));
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  #tokens = 0;
  readonly #connectionTokens = new Set<string>();
  /** Access tokens that are turned down. */
  readonly revoked = new Set<string>();

  constructor() {
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
    this.#server = Deno.serve(options, (request) => this.#handle(request));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** The newest access token handed out. */
  get token(): string {
    return jwt(this.#tokens, this.tokenLifeS);
  }

  /** Sockets that are open now. */
  get open(): FakeConnection[] {
    return this.connections.filter(({ socket }) => socket.readyState === WebSocket.OPEN);
  }

  send(text: string): void {
    for (const { socket } of this.open) socket.send(text);
  }

  drop(): void {
    for (const { socket } of this.open) socket.close(1001);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.open.map(({ socket }) =>
      new Promise((resolve) => {
        socket.addEventListener("close", resolve);
        socket.close();
      })
    ));
    await this.#server.shutdown();
  }

  async #handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const call = url.pathname.split("/").at(-1)!.toLowerCase();
    this.calls[call] = (this.calls[call] ?? 0) + 1;
    this.authorizations[call] = request.headers.get("authorization");
    const scripted = await this.holds[call]?.() ?? this.scripts[call]?.(request);
    if (scripted) {
      await request.body?.cancel();
      return scripted;
    }
    if (call === "accesstoken") return this.#accessToken(await request.json());
    const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
    if (!token.startsWith("e") || this.revoked.has(token)) {
      return Response.json({ message: "Unauthorized", status: 401, data: null });
    }
    switch (call) {
      case "indexcomponents":
        return rows([{
          IndexCode: "VN30",
          IndexComponent: this.members.map((symbol) => ({ Isin: symbol, StockSymbol: symbol })),
        }]);
      case "securities":
        return rows(this.futures.map((Symbol) => ({ Market: "DER", Symbol, StockName: null })));
      case "securitiesdetails":
        return rows([{
          RType: "y",
          RepeatedInfo: url.searchParams.get("market") !== "HOSE" ? [] : Object
            .entries(this.shares).map(([Symbol, ListedShare]) => ({ Symbol, ListedShare })),
        }]);
      case "indexlist":
        return rows(
          url.searchParams.get("exchange") !== "HOSE"
            ? []
            : this.indices.map((IndexCode) => ({ IndexCode, IndexName: null })),
        );
      case "negotiate":
        return this.#negotiate();
      case "start":
        return this.#known(url) ? Response.json({ Response: "started" }) : BAD_TOKEN();
      case "abort":
        return new Response("");
      case "connect":
        return this.#known(url) ? this.#connect(request) : BAD_TOKEN();
    }
    return new Response("not here", { status: 404 });
  }

  #accessToken(body: { consumerID?: string; consumerSecret?: string }): Response {
    if (body.consumerID !== this.consumerId || body.consumerSecret !== this.secret) {
      return Response.json({ message: "Invalid consumer", status: 401, data: null });
    }
    this.#tokens++;
    return Response.json({ message: "Success", status: 200, data: { accessToken: this.token } });
  }

  #negotiate(): Response {
    // Three bytes that base64 writes with + and /.
    const token = `${btoa("\xfb\xff\xbf" + this.#connectionTokens.size)}==`;
    this.#connectionTokens.add(token);
    const body = { ...NEGOTIATE, KeepAliveTimeout: this.keepAliveS, ConnectionToken: token };
    return Response.json(body, { headers: { "set-cookie": `${COOKIE}; Path=/; HttpOnly` } });
  }

  #known(url: URL): boolean {
    return this.#connectionTokens.has(url.searchParams.get("connectionToken") ?? "");
  }

  #connect(request: Request): Response {
    // After the upgrade the request is gone.
    const cookie = request.headers.get("cookie");
    const { socket, response } = Deno.upgradeWebSocket(request);
    const channels: string[] = [];
    socket.onopen = () => {
      this.connections.push({ socket, cookie, channels });
      socket.send(INIT);
    };
    socket.onmessage = ({ data }) => {
      const { M, A, I } = JSON.parse(data);
      if (M !== "SwitchChannels") return;
      channels.push(A[0]);
      socket.send(JSON.stringify({ I: String(I) }));
      this.onSubscribe(socket);
    };
    // The close event follows.
    socket.onerror = () => {};
    return response;
  }
}

const BAD_TOKEN = () => new Response("bad connection token", { status: 400 });

function rows(data: readonly unknown[]): Response {
  return Response.json({ data, message: "Success", status: "Success", totalRecord: data.length });
}

function jwt(serial: number, lifeS: number): string {
  const part = (value: unknown) =>
    btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  // The claims are fixed per serial: the token must be the same when it is asked for again.
  return `${part({ alg: "RS256" })}.${part({ jti: serial, iat: 0, exp: lifeS })}.canary-token`;
}
