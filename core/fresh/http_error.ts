import { STATUS_CODES } from "node:http";

/** An answer that is not a success: the nearest `_error` page renders it with this status. */
export class HttpError extends Error {
  override name = "HttpError";
  readonly status: number;

  /**
   * Takes a status of 400 to 599; the message defaults to the standard phrase and may be shown to
   * the client below 500.
   */
  constructor(status: number, message: string = statusText(status), options?: ErrorOptions) {
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new RangeError(`Cannot make an HttpError with status ${status}: want 400 to 599`);
    }
    super(message, options);
    this.status = status;
  }
}

/** Gives the standard phrase of a status. */
export function statusText(status: number): string {
  return STATUS_CODES[status] ?? `Status ${status}`;
}

/** Gives the status an error answers with: its own for an HttpError, 500 for everything else. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}
