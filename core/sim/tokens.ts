import type { Clock } from "../port/clock.ts";

/** A pair that may ask for tokens. */
export interface SimKey {
  readonly id: string;
  readonly secret: string;
}

const utf8 = new TextEncoder();

// In base64 these three bytes are "+/+/", so every token holds what a client must percent-encode.
const AWKWARD_BYTES = [0xfb, 0xff, 0xbf];
const MAC_BYTES = 32;

/** Issues and checks access tokens (JWT) and connection tokens, signed with a key of this process. */
export class TokenAuthority {
  readonly #key: CryptoKey;
  readonly #clock: Clock;
  readonly #lifeMs: number;
  /** Tokens of an earlier generation were revoked. */
  #generation = 0;
  #issued = 0;

  private constructor(key: CryptoKey, clock: Clock, lifeMs: number) {
    this.#key = key;
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  /** Makes an authority with a fresh signing key; its tokens live `lifeMs`. */
  static async create(clock: Clock, lifeMs: number): Promise<TokenAuthority> {
    const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, [
      "sign",
      "verify",
    ]) as CryptoKey;
    return new TokenAuthority(key, clock, lifeMs);
  }

  /** Access tokens issued so far. */
  get issued(): number {
    return this.#issued;
  }

  /** A JWT for a user; `exp` is in seconds, as in SSI's. */
  async issue(user: string): Promise<string> {
    const nowMs = this.#clock.nowMs();
    this.#issued += 1;
    const head = base64Url(utf8.encode(JSON.stringify({ alg: "HS256", typ: "JWT" })));
    const body = base64Url(utf8.encode(JSON.stringify({
      sub: user,
      jti: String(this.#issued),
      gen: this.#generation,
      iat: Math.floor(nowMs / 1000),
      exp: Math.floor((nowMs + this.#lifeMs) / 1000),
    })));
    return `${head}.${body}.${base64Url(await this.#sign(utf8.encode(`${head}.${body}`)))}`;
  }

  /** The user of an `Authorization: Bearer …` header; null when absent, forged, expired or revoked. */
  async userOf(authorization: string | null): Promise<string | null> {
    const match = /^Bearer\s+([\w-]+\.([\w-]+))\.([\w-]+)$/i.exec(authorization ?? "");
    if (match === null) return null;
    const [, signed, body, mac] = match;
    if (!await this.#verify(fromBase64(mac!), utf8.encode(signed))) return null;
    const claims = JSON.parse(new TextDecoder().decode(fromBase64(body!)!)) as {
      sub: string;
      gen: number;
      exp: number;
    };
    const alive = claims.gen === this.#generation && claims.exp * 1000 > this.#clock.nowMs();
    return alive ? claims.sub : null;
  }

  /** Makes every access token issued so far worthless; open sockets stay open. */
  revokeAll(): void {
    this.#generation += 1;
  }

  /** An opaque token that binds a connection id to a user. */
  async connectionToken(connectionId: string, user: string): Promise<string> {
    const text = utf8.encode(`${connectionId}:${user}`);
    const mac = await this.#sign(text);
    // One or two zero bytes keep the length off a multiple of three, hence the padding sign "=".
    const size = AWKWARD_BYTES.length + mac.length + text.length;
    return new Uint8Array([...AWKWARD_BYTES, ...mac, ...text, ...(size % 3 === 0 ? [0] : [])])
      .toBase64();
  }

  /** The connection a token stands for, or null when it is malformed or not ours. */
  async connectionOf(token: string): Promise<{ id: string; user: string } | null> {
    const bytes = fromBase64(token);
    if (bytes === null || bytes.length <= AWKWARD_BYTES.length + MAC_BYTES) return null;
    const macEnd = AWKWARD_BYTES.length + MAC_BYTES;
    const textEnd = bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length;
    const text = bytes.slice(macEnd, textEnd);
    if (!await this.#verify(bytes.slice(AWKWARD_BYTES.length, macEnd), text)) return null;
    const [id, ...user] = new TextDecoder().decode(text).split(":");
    return { id: id!, user: user.join(":") };
  }

  async #sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await crypto.subtle.sign("HMAC", this.#key, bytes));
  }

  async #verify(mac: Uint8Array<ArrayBuffer> | null, bytes: Uint8Array<ArrayBuffer>) {
    return mac !== null && await crypto.subtle.verify("HMAC", this.#key, mac, bytes);
  }
}

function base64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Reads either base64 alphabet; text that is neither is an expected outcome of a forged token. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
