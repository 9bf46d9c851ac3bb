import type { Secret } from "../core/secret.ts";

/** Where a database is: the user's address, or the parts of one that needs no password. */
export type Address = { readonly url: Secret } | ServerAddress;

/** A server by its parts. */
export interface ServerAddress {
  /** Name of a host, or folder of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}
