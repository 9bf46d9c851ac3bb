import { DatabaseError, type DatabaseErrorKind } from "../database_error.ts";

/** Failures that say that there is no store now, and nothing of what was asked. */
const AWAY: ReadonlySet<DatabaseErrorKind> = new Set([
  "unreachable",
  "deadline",
  "busy",
  "refused",
  "full",
]);

/** Why the database cannot be read, when an error says so; null for any other error. */
export function unavailability(error: unknown): string | null {
  return error instanceof DatabaseError && AWAY.has(error.kind) ? error.message : null;
}
