import { isLoopback } from "../config_forms.ts";

/**
 * Whether an Origin header is the address that the request was sent to or a configured one,
 * character by character. Programs send none; a browser always does.
 */
export function isOriginAllowed(
  origin: string | null,
  target: string,
  origins: readonly string[],
): boolean {
  return origin === null || origin === target || origins.includes(origin);
}

/** Whether a request's host is this machine under one of its own names, or a name in the list. */
export function isHostAllowed(url: URL, hosts: readonly string[] | null): boolean {
  return hosts === null || isLoopback(url.hostname) || hosts.includes(url.hostname);
}
