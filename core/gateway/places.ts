/** A counted place; giving it back twice changes nothing. */
export interface Lease {
  release(): void;
}

/** Open connections, by address and in all. */
export class Places {
  readonly #limits: { readonly perAddressMax: number; readonly totalMax: number };
  readonly #perAddress = new Map<string, number>();
  #open = 0;

  constructor(limits: { readonly perAddressMax: number; readonly totalMax: number }) {
    this.#limits = limits;
  }

  get open(): number {
    return this.#open;
  }

  /** Addresses that hold a place. */
  get addresses(): number {
    return this.#perAddress.size;
  }

  /** Counts a place for an address, or says which limit is reached. */
  take(key: string): Lease | "address" | "total" {
    const held = this.#perAddress.get(key) ?? 0;
    if (held >= this.#limits.perAddressMax) return "address";
    if (this.#open >= this.#limits.totalMax) return "total";
    this.#perAddress.set(key, held + 1);
    this.#open++;
    return once(() => {
      this.#open--;
      const left = this.#perAddress.get(key)! - 1;
      if (left === 0) this.#perAddress.delete(key);
      else this.#perAddress.set(key, left);
    });
  }
}

/** A lease that acts when it is given back the first time. */
export function once(act: () => void): Lease {
  let isDone = false;
  return {
    release() {
      if (isDone) return;
      isDone = true;
      act();
    },
  };
}
