import { DeadlineError } from "../pool.ts";

/** Codes of the system and the driver when there is no server, and of a server that has no room. */
const AWAY =
  /^(CONNECT_TIMEOUT|CONNECTION_\w+|E(CONN\w+|PIPE|NOENT|NOTFOUND|HOSTUNREACH|TIMEDOUT)|08...|53...|57P..|3D...|28...)$/;

/** Why the database cannot be read, when an error says so; null for any other error. */
export function unavailability(error: unknown): string | null {
  if (error instanceof DeadlineError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return AWAY.test(code) ? `the database cannot be reached (${code})` : null;
}
