import { Secret } from "../secret.ts";
import type { Loss } from "../ssi/signalr_state.ts";
import {
  callUrl,
  connectUrl,
  negotiateUrl,
  type Negotiation,
  readNegotiation,
} from "../ssi/signalr_wire.ts";
import { parseLowerKeys, replyProblem, saysBlocked, shortText } from "../ssi/token_reply.ts";
import { delay } from "./delay.ts";
import { type Fetch, type HttpReply, sendHttp } from "./http.ts";

export interface HubSessionOptions {
  /** `https://host/v2.0/signalr`. */
  readonly base: string;
  readonly token: Secret;
  readonly timeoutMs: number;
  readonly fetch: Fetch;
}

export interface HubSessionHandlers {
  onOpen(): void;
  onText(text: string): void;
  /** A binary frame, which the protocol does not know. */
  onBinary(): void;
  onClosed(loss: Loss): void;
}

type NegotiateResult =
  | { readonly ok: true; readonly negotiation: Omit<Negotiation, "connectionToken"> }
  | { readonly ok: false; readonly loss: Loss };

/** Longest time given to the hub to take note of our leaving. */
const LEAVE_MS = 2_000;
const ABORT_MS = 1_000;
/** Range of the query value that only keeps caches away. */
const TID_MAX = 10;

// The platform's type knows the browser's constructor only; Deno takes headers as well.
const HeaderWebSocket = WebSocket as unknown as new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket;

/** Everything that belongs to one attempt at the hub: its calls, its cookie and its socket. */
export class HubSession {
  readonly #options: HubSessionOptions;
  readonly #calls = new AbortController();
  #connectionToken: Secret | null = null;
  #cookie = "";
  #socket: WebSocket | null = null;

  constructor(options: HubSessionOptions) {
    this.#options = options;
  }

  /** What must never be printed of this session; null before the negotiation. */
  get connectionToken(): Secret | null {
    return this.#connectionToken;
  }

  async negotiate(): Promise<NegotiateResult> {
    const reply = await this.#send("GET", negotiateUrl(this.#options.base));
    const loss = lossOf("negotiate", reply);
    if (loss !== null) return { ok: false, loss };
    const negotiation = reply.ok ? readNegotiation(reply.text) : null;
    if (negotiation === null) {
      const reason = "negotiate answered without a connection token";
      return { ok: false, loss: { kind: "transient", reason } };
    }
    this.#connectionToken = new Secret(negotiation.connectionToken);
    if (reply.ok) this.#cookie = reply.cookie;
    return { ok: true, negotiation };
  }

  /** Opens the socket; `random` in [0, 1). All that follows is told to the handlers. */
  connect(random: number, handlers: HubSessionHandlers): void {
    const tid = Math.floor(random * (TID_MAX + 1));
    const url = connectUrl(this.#options.base, this.#revealed(), tid);
    const socket = new HeaderWebSocket(url, { headers: this.#headers() });
    let problem: string | null = null;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => handlers.onOpen();
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") handlers.onText(data);
      else handlers.onBinary();
    };
    socket.onerror = (event) => problem = event instanceof ErrorEvent ? event.message : "";
    socket.onclose = (event) => handlers.onClosed(closeLoss(event, problem));
    this.#socket = socket;
  }

  /** Calls start; null when the hub said that it started. */
  async start(): Promise<Loss | null> {
    const reply = await this.#send("GET", callUrl(this.#options.base, "start", this.#revealed()));
    const loss = lossOf("start", reply);
    if (loss !== null) return loss;
    if (reply.ok && /"started"/i.test(reply.text)) return null;
    return { kind: "transient", reason: "start was not confirmed" };
  }

  send(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  /** Ends calls and socket, and resolves when the socket is gone or has had its time for it. */
  async close(abort: boolean): Promise<void> {
    const socket = this.#socket;
    if (socket !== null) {
      socket.onopen =
        socket.onmessage =
        socket.onerror =
        socket.onclose =
          null;
    }
    this.#calls.abort();
    if (abort && this.#connectionToken !== null) await this.#abort();
    if (socket === null || socket.readyState === WebSocket.CLOSED) return;
    const gone = new AbortController();
    socket.onclose = () => gone.abort();
    // A peer that never answers keeps the socket closing; the system ends it, nobody waits for that.
    if (socket.readyState !== WebSocket.CLOSING) socket.close();
    await delay(LEAVE_MS, gone.signal);
  }

  async #abort(): Promise<void> {
    await sendHttp(this.#options.fetch, {
      url: callUrl(this.#options.base, "abort", this.#revealed()),
      method: "POST",
      headers: this.#headers(),
      timeoutMs: ABORT_MS,
      signal: new AbortController().signal,
    });
  }

  #send(method: "GET" | "POST", url: string): Promise<HttpReply> {
    const { fetch, timeoutMs } = this.#options;
    const headers = this.#headers();
    return sendHttp(fetch, { url, method, headers, timeoutMs, signal: this.#calls.signal });
  }

  #headers(): Record<string, string> {
    const authorization = `Bearer ${this.#options.token.reveal()}`;
    return this.#cookie === "" ? { authorization } : { authorization, cookie: this.#cookie };
  }

  #revealed(): string {
    if (this.#connectionToken === null) throw new Error("Cannot use the hub before negotiate");
    return this.#connectionToken.reveal();
  }
}

function lossOf(call: string, reply: HttpReply): Loss | null {
  if (!reply.ok) return { kind: "transient", reason: `${call} failed: ${reply.reason}` };
  const problem = replyProblem(reply.status, reply.text, parseLowerKeys(reply.text));
  if (problem === null) return null;
  const reason = `${call} failed: ${problem.reason}`;
  // A page instead of JSON is the log-in page.
  if (problem.kind === "auth" || problem.kind === "unreadable") return { kind: "auth", reason };
  return { kind: problem.kind === "blocked" ? "blocked" : "transient", reason };
}

function closeLoss(event: CloseEvent, problem: string | null): Loss {
  const status = Number(/status code: (\d{3})/.exec(problem ?? "")?.[1] ?? NaN);
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) {
    return { kind: "auth", reason: `connect failed: SSI answered ${status}` };
  }
  if (!Number.isNaN(status)) {
    const kind = status === 429 ? "blocked" : "transient";
    return { kind, reason: `connect failed: SSI answered ${status}` };
  }
  const text = shortText(event.reason);
  const said = text === "" ? "" : `: ${text}`;
  const reason = `the stream was closed (code ${event.code})${said}`;
  return { kind: saysBlocked(text) ? "blocked" : "transient", reason };
}
