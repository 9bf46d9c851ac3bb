import { problemAnswer } from "./answer.ts";
import type { Door } from "./door.ts";
import { decideSocket, type Decision } from "./handshake.ts";
import { noAddressAnswer } from "./node_http.ts";
import { isHostAllowed } from "./origin.ts";
import { refusalAnswer } from "./refusals.ts";
import type { RequestHead } from "./request_head.ts";
import { type SocketPath, socketPathOf } from "./socket_path.ts";

/** Requests that may wait for the door at once. */
const PENDING_MAX = 4_096;

interface Place {
  /** Port of the pages whose scripts may connect. */
  readonly pagesPort: number;
  /** Host names that a request may ask for beside this machine's own; null for any. */
  readonly hosts: readonly string[] | null;
}

/** Requests to a server that has sockets and no pages. */
export class WsRequests {
  readonly #options: Place;
  readonly #door: Door;
  /** Those that wait for the door. */
  pending = 0;

  constructor(options: Place, door: Door) {
    this.#options = options;
    this.#door = door;
  }

  /** What becomes of a request; null is one that makes no address. */
  async decide(asked: RequestHead | null): Promise<Decision> {
    if (asked === null) return { kind: "answer", response: noAddressAnswer() };
    const { url, requestId } = asked;
    const path = socketPathOf(url.pathname);
    const response = this.#shortAnswer(url, path, requestId);
    if (response !== null) return { kind: "answer", response };
    if (this.pending >= PENDING_MAX) {
      return { kind: "answer", response: refusalAnswer("total", requestId) };
    }
    this.pending++;
    try {
      const { pagesPort } = this.#options;
      const pages = `http://${url.hostname}${pagesPort === 80 ? "" : `:${pagesPort}`}`;
      return await decideSocket(asked, path!, { door: this.#door, pages });
    } finally {
      this.pending--;
    }
  }

  /** What can be answered without looking at the request as one for a socket; else null. */
  #shortAnswer(url: URL, path: SocketPath | null, requestId: string): Response | null {
    if (!isHostAllowed(url, this.#options.hosts)) {
      const detail = "this server is for its own machine";
      return problemAnswer({ status: 421, code: "WRONG_HOST", detail }, requestId);
    }
    if (path !== null) return null;
    if (url.pathname === "/livez") return new Response("ok\n");
    const detail = "sockets only; pages and the API are at the application's port";
    return problemAnswer({ status: 404, code: "NOT_FOUND", detail }, requestId);
  }
}
