/**
 * The transport level of SSI's stream: one WebSocket text of classic SignalR 2.x, read as far as
 * the connection needs it (cursor, groups, replies, reconnect request) and no further. What a
 * Broadcast says is read by `decode.ts`.
 */

/**
 * Longest text read, in UTF-16 units. Subscribing to ALL sends hundreds of KB in one text; 2,000
 * snapshots of 2.5 KB are 5 MB, so this leaves room and still bounds what one text can cost.
 */
export const FRAME_CHARS_MAX = 8 * 1024 * 1024;

/** Longest piece of upstream text kept in a message of ours. */
export const DETAIL_CHARS_MAX = 160;

/** One call of the hub on us, from the `M` list of a frame. */
export interface Invocation {
  /** Method name in lower case: hub and method names compare without case. */
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Why a text is no frame at all. */
export type FrameFault = "too-large" | "not-json" | "bad-envelope";

/** What a text from the hub is to the connection. */
export type TransportFrame =
  | { readonly kind: "keep-alive" }
  /** Reply to an invocation of ours that went well; `id` as the hub echoes it, a string. */
  | { readonly kind: "ack"; readonly id: string }
  /** Reply that says the invocation failed. */
  | { readonly kind: "hub-error"; readonly id: string; readonly error: string }
  /** Messages of the hub; `kind` is `init` for the first frame of a connection (`S` is 1). */
  | MessagesFrame
  /** A JSON object with none of the known keys. */
  | { readonly kind: "other" }
  | { readonly kind: "refused"; readonly fault: FrameFault; readonly detail: string };

/** A frame that carries a cursor, messages or both. */
export interface MessagesFrame {
  readonly kind: "init" | "messages";
  /** Last message id (`C`), for diagnostics and reconnect. */
  readonly cursor: string | null;
  /** Groups token (`G`). */
  readonly groups: string | null;
  /** The server asks the client to reconnect (`T` is 1). */
  readonly reconnect: boolean;
  readonly invocations: readonly Invocation[];
  /** Entries of `M` that are no invocation. */
  readonly malformed: number;
  /** True when at least one invocation is a Broadcast: proof that data flows. */
  readonly broadcast: boolean;
  /** Texts of `Error` callbacks: refused channels, quota. */
  readonly errors: readonly string[];
}

const KEEP_ALIVE: TransportFrame = { kind: "keep-alive" };

/** Reads one text of the hub; never throws. */
export function parseFrame(text: string): TransportFrame {
  if (text.length > FRAME_CHARS_MAX) {
    return { kind: "refused", fault: "too-large", detail: `${text.length} characters` };
  }
  if (text === "{}") return KEEP_ALIVE;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "refused", fault: "not-json", detail: `frame of ${text.length} characters` };
  }
  if (!isObject(value)) {
    return { kind: "refused", fault: "bad-envelope", detail: "frame is no object" };
  }
  const { C, G, S, T, M, I, E } = value;
  if (I !== undefined) return replyFrame(I, E);
  if (M !== undefined && !Array.isArray(M)) {
    return { kind: "refused", fault: "bad-envelope", detail: "M is no list" };
  }
  if (M === undefined && C === undefined && G === undefined && S === undefined && T === undefined) {
    return Object.keys(value).length === 0 ? KEEP_ALIVE : { kind: "other" };
  }
  return {
    kind: S === 1 ? "init" : "messages",
    cursor: typeof C === "string" ? C : null,
    groups: typeof G === "string" ? G : null,
    reconnect: T === 1,
    ...readInvocations(M ?? []),
  };
}

/** Cuts upstream text to what one of our messages may quote. */
export function excerpt(text: string): string {
  return text.length <= DETAIL_CHARS_MAX ? text : `${text.slice(0, DETAIL_CHARS_MAX - 1)}…`;
}

/** Whether a parsed JSON value is an object that is neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function replyFrame(I: unknown, E: unknown): TransportFrame {
  // String() throws on an object that carries its own "toString", so only scalars are turned.
  const id = typeof I === "string" || typeof I === "number" ? String(I).slice(0, 32) : "";
  if (E === undefined || E === null) return { kind: "ack", id };
  return { kind: "hub-error", id, error: errorText(E) };
}

function readInvocations(list: readonly unknown[]) {
  const invocations: Invocation[] = [];
  const errors: string[] = [];
  let malformed = 0;
  let broadcast = false;
  for (const entry of list) {
    if (!isObject(entry) || typeof entry.M !== "string" || !Array.isArray(entry.A)) {
      malformed++;
      continue;
    }
    // The wire spelling first: lower-casing every entry would cost as much as reading it.
    const method = entry.M === "Broadcast" ? "broadcast" : entry.M.toLowerCase();
    if (method === "broadcast") broadcast = true;
    else if (method === "error") errors.push(errorText(entry.A[0]));
    invocations.push({ method, args: entry.A });
  }
  return { invocations, malformed, broadcast, errors };
}

function errorText(value: unknown): string {
  return excerpt(typeof value === "string" ? value : JSON.stringify(value) ?? "no text");
}
