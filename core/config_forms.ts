import { z } from "zod";
import { parseNetwork } from "./ip.ts";
import { parseFuturesCode } from "./market/futures.ts";
import { isDate, parseVnTime } from "./market/time.ts";
import { Secret } from "./secret.ts";

/** A text's form: what is wanted in words, and a reader that gives undefined for anything else. */
export function form<T>(wanted: string, read: (text: string) => T | undefined) {
  return z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: wanted });
    return z.NEVER;
  }).meta({ description: wanted });
}

/** A whole number in a range. */
export function integer(min: number, max: number) {
  return form(`a whole number from ${min} to ${max}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  }).meta({ type: "integer", minimum: min, maximum: max });
}

/** Per cent with up to four decimals. */
export function percent(min: number, max: number) {
  return form(`per cent from ${min} to ${max}, such as 4.5`, (text) => {
    const value = /^\d{1,3}(\.\d{1,4})?$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  });
}

/** Seconds, fractions allowed, read into milliseconds. */
export function secondsAsMs(min: number, max: number) {
  return form(`seconds from ${min} to ${max}`, (text) => {
    const value = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? Math.round(value * 1000) : undefined;
  });
}

/** One of a few words, in any case. */
export function oneOf<const T extends string>(...words: readonly T[]) {
  return form(
    `one of ${words.join(", ")}`,
    (text) => words.find((word) => word === text.toLowerCase()),
  );
}

/** A switch. */
export const flag = form("true or false", (text) => {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  return /^(false|0|no|off)$/i.test(text) ? false : undefined;
});

/** A path of this machine. */
export const path = form("a path", (text) => text.includes("\0") ? undefined : text);

/** A host name or address to listen on. */
export const host = form(
  "a host name or an IP address, without a port",
  (text) => /^([\w.-]{1,253}|[0-9a-f:]{2,45})$/i.test(text) ? text : undefined,
);

/** A key's name, kept plain. */
export const keyName = form(
  "1 to 512 visible characters without spaces",
  (text) => /^[\x21-\x7e]{1,512}$/.test(text) ? text : undefined,
);

/** A key's secret half. */
export const keySecret = form(
  "1 to 512 visible characters without spaces",
  (text) => /^[\x21-\x7e]{1,512}$/.test(text) ? new Secret(text) : undefined,
);

/** A token that also travels in a URL. */
export const urlToken = form(
  "8 to 256 letters, digits or . _ ~ -",
  (text) => /^[\w.~-]{8,256}$/.test(text) ? new Secret(text) : undefined,
);

/** Whether a URL or host names this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname);
}

/** The address of a service, without the slash at the end; the key must not travel in clear text. */
export const serviceUrl = form("https://host, or http:// on this machine", (text) => {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return undefined;
  if (url.search !== "" || url.hash !== "") return undefined;
  const safe = url.protocol === "https:" || url.protocol === "http:" && isLoopback(url.hostname);
  return safe ? url.href.replace(/\/+$/, "") : undefined;
});

/** The address of sockets as browsers reach it through a proxy. */
export const socketUrl = form("wss://host/ws or ws://host/ws", (text) => {
  const url = URL.parse(text);
  const isSocket = url !== null && /^wss?:$/.test(url.protocol) && url.pathname.endsWith("/ws");
  const isPlain = url !== null && `${url.origin}${url.pathname}` === text;
  return isSocket && isPlain ? text : undefined;
});

/** The address of a PostgreSQL database, which may hold a password; or the word that there is none. */
export const databaseUrl = form("postgres://user:password@host:port/name, or off", (text) => {
  if (text.toLowerCase() === "off") return "off" as const;
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) ? new Secret(text) : undefined;
});

/** The address of a broker between machines, which may hold a password. */
export const busUrl = form("nats://user:password@host:port or redis://…", (text) => {
  const url = URL.parse(text);
  if (url === null || !/^(nats|redis):$/.test(url.protocol) || url.hostname === "") {
    return undefined;
  }
  return new Secret(text);
});

function list<T>(wanted: string, read: (text: string) => T | undefined) {
  return form(wanted, (text) => {
    const values: T[] = [];
    for (const part of text.split(",")) {
      const value = read(part.trim());
      if (value === undefined || values.length === LIST_MAX) return undefined;
      values.push(value);
    }
    return values as readonly T[];
  });
}

const LIST_MAX = 200;

/** Browser origins, exactly as a browser sends them. */
export const origins = list(
  "origins such as https://board.example.vn, separated by commas",
  (text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.origin === text ? text : undefined;
  },
);

/** Networks by address and length, or single addresses. */
export const networks = list(
  "addresses or networks such as 10.0.0.0/8,2001:db8::1, separated by commas",
  (text) => parseNetwork(text) ?? undefined,
);

/** Ticker symbols. */
export const symbols = list(
  `up to ${LIST_MAX} symbols such as FPT,VNM, separated by commas`,
  (text) => /^[A-Z0-9]{2,20}$/i.test(text) ? text.toUpperCase() : undefined,
);

/** Codes of listed futures. */
export const futuresCodes = list(
  "futures codes such as 41I1GC000 or VN30F2612, separated by commas",
  (text) => parseFuturesCode(text)?.code,
);

/** Where the simulated day starts: at the machine's time of day, at the open, or at a second of the day. */
export type SimStart = "now" | "open" | { readonly secondOfDay: number };

/** Start of the simulated day. */
export const simStart = form("now, open or HH:MM", (text): SimStart | undefined => {
  const word = text.toLowerCase();
  if (word === "now" || word === "open") return word;
  const secondOfDay = parseVnTime(`${text}:00`);
  return secondOfDay === null ? undefined : { secondOfDay };
});

/** A trading date. */
export const date = form(
  "a date such as 2026-11-20",
  (text) => isDate(text) ? text : undefined,
);

/** Time of day, read into seconds since midnight. */
export const timeOfDay = form(
  "a time such as 10:15 or 10:15:30",
  (text) => parseVnTime(text.length === 5 ? `${text}:00` : text) ?? undefined,
);

/** Factor of recorded time; `max` is as fast as it is taken. */
export const replaySpeed = form(
  "a number from 0.1 to 1000, or max",
  (text): number | "max" | undefined => {
    if (text.toLowerCase() === "max") return "max";
    const value = /^\d{1,4}(\.\d{1,2})?$/.test(text) ? Number(text) : NaN;
    return value >= 0.1 && value <= 1_000 ? value : undefined;
  },
);

/** Factor of simulated time; `max` is as fast as the machine can. */
export const simSpeed = form(
  "one of 1, 10, 60, max",
  (text) => ({ "1": 1, "10": 10, "60": 60, "max": "max" } as const)[text.toLowerCase()],
);
