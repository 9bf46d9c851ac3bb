import type { SnapshotFrame } from "./frames.ts";

/** The whole snapshot that parts in their order make. */
export function joined(parts: readonly SnapshotFrame[]): SnapshotFrame {
  const { i: _, n: __, ...first } = parts[0]!;
  return {
    ...first,
    y: parts.flatMap(({ y }) => y),
    v: first.v.map((_, field) => parts.flatMap(({ v }) => v[field] ?? [])),
  };
}

/** The rows of some symbols only. */
export function rowsFor(frame: SnapshotFrame, symbols: readonly string[]): SnapshotFrame {
  const wanted = new Set(symbols);
  const isWanted = (_: unknown, row: number) => wanted.has(frame.y[row]!);
  return {
    ...frame,
    y: frame.y.filter(isWanted),
    v: frame.v.map((cells) => cells.filter(isWanted)),
  };
}
