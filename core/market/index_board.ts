import type { Exchange } from "./phase.ts";

/** The board whose session an index follows; MI names none in its own right, but the ids tell it. */
export function indexBoard(id: string): Exchange {
  if (id.startsWith("HNXUPCOM")) return "UPCOM";
  return id.startsWith("HNX") ? "HNX" : "HOSE";
}
