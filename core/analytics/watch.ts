/** What the alert detectors remember of one security; made by `createWatch`. */
export interface Watch {
  readonly spike: number[];
}

/** A security before its first trade. */
export function createWatch(): Watch {
  return { spike: [] };
}
