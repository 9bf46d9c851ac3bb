import type { ClientShell } from "./client_shell.ts";
import type { Position } from "./frames.ts";
import type { FeedStatus } from "./status.ts";

/** State of a client. After `failed` the server does not want it back; `polling` asks by REST. */
export interface SocketStatus {
  readonly state: "connecting" | "open" | "reconnecting" | "polling" | "failed";
  /** Tries since the socket was last open. */
  readonly attempts: number;
  /** Times it came back. */
  readonly reconnects: number;
}

/** What happened since the client was made. */
export interface ClientCounters {
  messages: number;
  /** Characters of all messages. */
  chars: number;
  /** Losses seen and asked for again, and logs whose end the server could not prove. */
  losses: number;
  gaps: number;
  polls: number;
  failedPolls: number;
}

export interface ClientOptions {
  /** `ws:`, `wss:` or a path of the page's own server. */
  readonly url: string;
  /** `http:`, `https:` or a path where REST is; by default the server of `url`. */
  readonly api?: string;
  /** Opens the socket where the server wants a token. */
  readonly token?: string;
  /** Gets a new token after the server said that the old one is over. */
  readonly freshToken?: () => Promise<string>;
  /** Ms between two updates, 100 to 2,000. */
  readonly rate?: number;
  /** Ms between two polls while there is no socket; 5 s when absent. */
  readonly pollMs?: number;
  /** Ms between two polls where streaming is off; 60 s when absent. */
  readonly quietPollMs?: number;
  /** False to start without a socket and poll; `stream` changes it. */
  readonly isStreaming?: boolean;
  onStatus?(feed: FeedStatus): void;
  onSocket?(status: SocketStatus): void;
  /** Round trip of an operation. */
  onLatency?(ms: number): void;
  readonly shell?: Partial<ClientShell>;
}

/** How a channel is wanted. */
export interface Wish {
  /** Position of what the subscriber has already. */
  readonly from?: Position;
  /** Rows wanted; all of them when absent. */
  readonly syms?: readonly string[];
}
