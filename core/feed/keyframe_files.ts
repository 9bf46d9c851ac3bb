import { dayEntries, sizeOf } from "./journal_files.ts";

/** A state to look at earlier minutes from. It lies beside the segments of its day and goes with them. */
export interface KeyframeFile {
  /** Exchange time of the state, Unix ms. */
  readonly asOfMs: number;
  readonly path: string;
  readonly bytes: number;
}

const NAME = /^(\d{13})\.vnk$/;

/** Path of the keyframe of an instant. */
export function keyframePath(dir: string, date: string, asOfMs: number): string {
  return `${dir}/${date}/${String(asOfMs).padStart(13, "0")}.vnk`;
}

/** Keyframes of a date, oldest first. */
export function listKeyframes(dir: string, date: string): KeyframeFile[] {
  const files: KeyframeFile[] = [];
  for (const entry of dayEntries(dir, date)) {
    const match = NAME.exec(entry.name);
    if (match === null || !entry.isFile) continue;
    const path = `${dir}/${date}/${entry.name}`;
    const bytes = sizeOf(path);
    if (bytes !== null) files.push({ asOfMs: Number(match[1]), path, bytes });
  }
  return files.sort((a, b) => a.asOfMs - b.asOfMs);
}
