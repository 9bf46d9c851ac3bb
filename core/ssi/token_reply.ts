import { z } from "zod";

/** Why an answer of SSI is no success; it says errors under HTTP 200 as well as by status. */
export interface ReplyProblem {
  /** `auth` the token or key, `blocked` a quota, `rejected` the request, `server` their fault. */
  readonly kind: "auth" | "blocked" | "rejected" | "server" | "unreadable";
  /** In plain words; whatever SSI wrote is cut to one short line. */
  readonly reason: string;
}

/** What the token reducer needs to know of a failed request. */
export interface TokenFailure {
  readonly kind: "refused" | "blocked" | "transient";
  readonly reason: string;
}

/** Outcome of an AccessToken request. */
export type TokenReply =
  | { readonly ok: true; readonly token: string; readonly lifeMs: number }
  | { readonly ok: false; readonly failure: TokenFailure };

const REASON_CHARS_MAX = 160;
const QUOTA = /quota|blocked|too many/i;
/** Life of a token that does not say when it ends, as documented. */
const DOCUMENTED_LIFE_MS = 8 * 3_600_000;

const Envelope = z.object({
  message: z.string().nullish().catch(null),
  status: z.union([z.number(), z.string()]).nullish().catch(null),
});
const TokenData = z.object({ data: z.object({ accesstoken: z.string().min(1) }) });
const Claims = z.object({ exp: z.number().optional(), iat: z.number().optional() });

/** Whether a text of SSI says that a quota is used up or the connection is blocked. */
export function saysBlocked(text: string): boolean {
  return QUOTA.test(text);
}

/** One short printable line of a foreign text. */
export function shortText(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are exactly what must go
  const line = text.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
  return line.length <= REASON_CHARS_MAX ? line : `${line.slice(0, REASON_CHARS_MAX)}…`;
}

/** Parses JSON with all keys in lower case, as SSI's spelling of keys varies; undefined if it is none. */
export function parseLowerKeys(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value) => {
      if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k.toLowerCase(), v]));
    });
  } catch {
    return undefined;
  }
}

/** What is wrong with an answer, or null when neither the status nor the body says an error. */
export function replyProblem(httpStatus: number, text: string, body: unknown): ReplyProblem | null {
  const envelope = Envelope.safeParse(body);
  const message = envelope.success ? envelope.data.message ?? "" : text.slice(0, 500);
  const bodyStatus = envelope.success ? Number(envelope.data.status ?? NaN) : NaN;
  const said = envelope.success && message !== "" ? `: ${shortText(message)}` : "";
  const problem = (kind: ReplyProblem["kind"], status: number): ReplyProblem => ({
    kind,
    reason: `SSI answered ${status}${said}`,
  });
  for (const status of [httpStatus, bodyStatus]) {
    if (status === 429 || (status >= 400 && saysBlocked(message))) {
      return problem("blocked", status);
    }
    if (status === 401 || status === 403 || (status >= 300 && status < 400)) {
      return problem("auth", status);
    }
    if (status >= 500) return problem("server", status);
    if (status >= 400) return problem("rejected", status);
  }
  if (!envelope.success) return { kind: "unreadable", reason: "SSI answered with no JSON object" };
  // A quota text may come with any status word; data that merely mentions one is not looked at.
  return saysBlocked(message) ? problem("blocked", httpStatus) : null;
}

/** Reads the answer of AccessToken; only a non-empty `data.accessToken` is a success. */
export function readTokenReply(httpStatus: number, text: string, nowMs: number): TokenReply {
  const body = parseLowerKeys(text);
  const problem = replyProblem(httpStatus, text, body);
  if (problem !== null) {
    const kind = problem.kind === "blocked"
      ? "blocked"
      : problem.kind === "auth" || problem.kind === "rejected"
      ? "refused"
      : "transient";
    return { ok: false, failure: { kind, reason: problem.reason } };
  }
  const granted = TokenData.safeParse(body);
  if (!granted.success) {
    return { ok: false, failure: { kind: "transient", reason: "SSI answered without a token" } };
  }
  const token = granted.data.data.accesstoken;
  return { ok: true, token, lifeMs: tokenLifeMs(token, nowMs) };
}

/**
 * How long a token will be good from now on. The end it names is trusted only as far as the two
 * clocks agree: when it seems to be over already, the difference of its own two stamps counts.
 */
export function tokenLifeMs(token: string, nowMs: number): number {
  const claims = jwtClaims(token);
  if (claims?.exp === undefined) return DOCUMENTED_LIFE_MS;
  const leftMs = claims.exp * 1000 - nowMs;
  const wholeMs = claims.iat === undefined ? DOCUMENTED_LIFE_MS : (claims.exp - claims.iat) * 1000;
  if (wholeMs <= 0) return DOCUMENTED_LIFE_MS;
  return leftMs > 0 ? Math.min(leftMs, wholeMs) : wholeMs;
}

function jwtClaims(token: string): z.infer<typeof Claims> | null {
  const payload = token.split(".")[1];
  if (payload === undefined) return null;
  try {
    return Claims.parse(JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))));
  } catch {
    return null;
  }
}
