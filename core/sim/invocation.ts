import { INBOUND_BYTES_MAX } from "./limits.ts";

/** A call of a hub method by a client; without an id it wants no answer. */
export interface Invocation {
  readonly hub: string;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly id: string | number | null;
}

/** Whether a client sent more than it may. */
export function isOversized(text: string): boolean {
  if (text.length * 3 <= INBOUND_BYTES_MAX) return false;
  return text.length > INBOUND_BYTES_MAX ||
    new TextEncoder().encode(text).length > INBOUND_BYTES_MAX;
}

/** Reads a client's text as a hub invocation, or null when it is none. */
export function readInvocation(text: string): Invocation | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof value !== "object" || value === null) return null;
  const { H: hub, M: method, A: args, I: id } = value as Record<string, unknown>;
  if (typeof hub !== "string" || typeof method !== "string" || !Array.isArray(args)) return null;
  return { hub, method, args, id: typeof id === "string" || typeof id === "number" ? id : null };
}
