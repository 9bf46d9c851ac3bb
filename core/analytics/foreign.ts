/** What the analytics of one security's foreign flow remember; made by `createForeignFlow`. */
export interface ForeignFlow {
  readonly samples: number[];
}

/** A flow before its first message. */
export function createForeignFlow(): ForeignFlow {
  return { samples: [] };
}
