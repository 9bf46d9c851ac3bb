/**
 * Why there is no embedded server: the platform has none, its package is not installed, no account
 * can run it, the data are of another PostgreSQL, another process has the directory, or it failed.
 */
export type EmbeddedReason =
  | "unsupported-platform"
  | "no-binaries"
  | "no-user"
  | "version"
  | "busy"
  | "failed";

/** Carries the reason from where it is found to `startEmbedded`, which returns it. */
export class EmbeddedError extends Error {
  override readonly name = "EmbeddedError";
  readonly reason: EmbeddedReason;

  /** The message is one sentence for an operator, without a full stop. */
  constructor(reason: EmbeddedReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
