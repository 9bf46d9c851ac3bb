/** Sums of foreign flow over many securities; made by `createFlows`. */
export interface Flows {
  readonly scopes: Map<string, number>;
}

/** No flow at all. */
export function createFlows(): Flows {
  return { scopes: new Map() };
}
