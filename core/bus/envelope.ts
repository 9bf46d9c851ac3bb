import type { BusMessage } from "../wire/bus_message.ts";
import type { Place } from "./broker.ts";

/**
 * What travels between machines, as `kind term n rest`:
 * `m` a message of the bus; `r` in place of one that says everything: a snapshot at or after this
 * place is on its way; `b` some times a second, not numbered: the last n, and that of the newest snapshot.
 */
export type Envelope =
  & Place
  & (
    | { readonly kind: "message"; readonly chars: number; readonly message: () => BusMessage }
    | { readonly kind: "reload" }
    | { readonly kind: "beat"; readonly savedN: number }
  );

const HEAD = /^([mrb]) (\d{1,15}) (\d{1,15}) ?/;

export function messageText({ term, n }: Place, message: BusMessage): string {
  return `m ${term} ${n} ${JSON.stringify(message)}`;
}

export function reloadText({ term, n }: Place): string {
  return `r ${term} ${n}`;
}

export function beatText({ term, n }: Place, savedN: number): string {
  return `b ${term} ${n} ${savedN}`;
}

/** Null for anything that no publisher of ours says. */
export function parseEnvelope(text: string): Envelope | null {
  const head = HEAD.exec(text);
  if (head === null) return null;
  const place = { term: Number(head[2]), n: Number(head[3]) };
  const rest = text.slice(head[0].length);
  switch (head[1]) {
    case "r":
      return { ...place, kind: "reload" };
    case "b":
      return /^\d{1,15}$/.test(rest) ? { ...place, kind: "beat", savedN: Number(rest) } : null;
    default:
      if (!rest.startsWith("{")) return null;
      // Many are never read: those that a snapshot holds already, and those of a replaced publisher.
      return { ...place, kind: "message", chars: rest.length, message: () => JSON.parse(rest) };
  }
}
