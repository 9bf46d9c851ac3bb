/** A place in what one publisher sends: message `n` of a term; terms only rise, and so does n in one. */
export interface Place {
  readonly term: number;
  readonly n: number;
}

/** Words of a broker, under the names that its clients see. */
export interface Broker {
  /** For the log: the scheme and the host, never a password. */
  readonly name: string;
  /** False from the moment the client notices that the server is gone. */
  readonly isConnected: boolean;
  /** Most bytes of one message. */
  readonly bytesMax: number;
  readonly keys: KeyValue;
  readonly lease: LeaseKey;
  /** Makes what the server must have; to be called again after each new connection. */
  prepare(): Promise<void>;
  /** Hears of each new connection in place of a lost one; gives the way to stop hearing. */
  onReconnect(listener: () => void): () => void;
  /** Sends a message that is kept for a while; only while connected. */
  send(place: Place, text: string): void;
  /** Sends a message that is not kept; only while connected. */
  beat(text: string): void;
  /** Resolves once the server has everything that was sent before. */
  flush(): Promise<void>;
  /** Hears messages and beats; gives the way to stop hearing. */
  listen(onText: (text: string) => void): Promise<() => void>;
  /** Kept messages of the place's term behind it, in order, as far as they are still there. */
  kept(after: Place): Promise<readonly string[]>;
  /** Tells programs of others about a ticker; only while connected. */
  tellTicker(ticker: string, text: string): void;
  close(): Promise<void>;
}

/** Values of the snapshot, some hours long. */
export interface KeyValue {
  /** Most bytes of one value. */
  readonly valueBytesMax: number;
  put(key: string, value: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | null>;
  /** Replaces the head, unless there is one of a higher term: false then. */
  putHead(term: number, text: string): Promise<boolean>;
  getHead(): Promise<{ readonly term: number; readonly text: string } | null>;
  /** Forgets every value whose key opens with this word and a point. */
  discard(word: string): Promise<void>;
}

/** The one key that says who may speak; it ends by itself when it is not renewed. */
export interface LeaseKey {
  /** The new term, higher than any before and than `above`; null while another one holds it. */
  take(holder: string, above: number): Promise<number | null>;
  /** False when the holder has lost it. */
  renew(holder: string): Promise<boolean>;
  release(holder: string): Promise<void>;
}

/** Life of the lease without renewal. */
export const LEASE_MS = 3_000;
/** Longest wait for one answer of the server. */
export const REQUEST_MS = 1_000;
/** Messages that the server keeps, whichever limit comes first: a web node that was away fetches them. */
export const KEPT = { ms: 60_000, messages: 20_000, bytes: 64 * 1_024 * 1_024 } as const;
/** Values end after this, and are written anew long before; what a killed publisher left ends so. */
export const VALUE_MS = 6 * 3_600_000;
/** A last price ends after this when nothing new was heard of its ticker. */
export const PRICE_MS = 60_000;

/** Whether a place lies before another one. */
export function isBefore(a: Place, b: Place): boolean {
  return a.term < b.term || a.term === b.term && a.n < b.n;
}

/** Rejects when the promise takes too long; what it gives later is dropped. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects when the signal comes first. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
