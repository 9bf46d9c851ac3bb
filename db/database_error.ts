/**
 * What a failure means for the caller: `unreachable` and `deadline` may be over soon, `busy` is our
 * own limit of waiting callers, `refused` wants the operator (user, password, database, rights),
 * `data` is a row that no server will take, `full` is a disk without room.
 */
export const DATABASE_ERROR_KINDS = [
  "unreachable",
  "deadline",
  "busy",
  "refused",
  "data",
  "full",
  "failed",
] as const;
export type DatabaseErrorKind = typeof DATABASE_ERROR_KINDS[number];

/** Why the database did not do its work; the message never holds its address or password. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly kind: DatabaseErrorKind;
  /** SQLSTATE, a code of the system or one of the driver. */
  readonly code: string;

  constructor(kind: DatabaseErrorKind, code: string, message: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

const MESSAGE_CHARS_MAX = 300;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Kinds by SQLSTATE or by its class; what is not here has failed. */
const KINDS: Readonly<Record<string, DatabaseErrorKind>> = {
  "08": "unreachable",
  "53300": "unreachable",
  "57P": "unreachable",
  "55P03": "deadline",
  "57014": "deadline",
  "28": "refused",
  "3D": "refused",
  "42501": "refused",
  "22": "data",
  "23": "data",
  "53100": "full",
};

const UNREACHABLE_CODE =
  /^(CONNECT_TIMEOUT|CONNECTION_(CLOSED|DESTROYED|ENDED)|E(CONN\w+|PIPE|NOENT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH|HOSTDOWN|TIMEDOUT|ADDRNOTAVAIL))$/;

/**
 * What the driver threw, as one class. Gives null for anything that is not of the driver: a mistake
 * of ours, which nobody should take for a weakness of the database.
 */
export function toDatabaseError(error: unknown, isOfDriver: boolean): DatabaseError | null {
  if (error instanceof DatabaseError) return error;
  const code = codeOf(error);
  if (UNREACHABLE_CODE.test(code)) {
    return new DatabaseError("unreachable", code, `the database cannot be reached (${code})`);
  }
  if (code === "ENOSPC") return new DatabaseError("full", code, "the disk has no room");
  if (isServerError(error)) return ofServer(code, error.message);
  if (!isOfDriver) return null;
  // Its text may name the host.
  const name = code === "" ? nameOf(error) : code;
  return new DatabaseError("failed", name, `the database driver failed (${name})`);
}

function ofServer(code: string, text: string): DatabaseError {
  const kind = KINDS[code] ?? KINDS[code.slice(0, 3)] ?? KINDS[code.slice(0, 2)] ?? "failed";
  // What a server says of a login names the user and, with some, the address.
  const words = code.startsWith("28")
    ? "the database refuses this user or password"
    : code.startsWith("3D")
    ? "the server has no database of this name"
    : text.slice(0, MESSAGE_CHARS_MAX);
  return new DatabaseError(kind, code, `${words} (${code})`);
}

function isServerError(error: unknown): error is Error {
  return error instanceof Error && error.name === "PostgresError" && SQLSTATE.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
