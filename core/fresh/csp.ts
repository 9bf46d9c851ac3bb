import { internalsOf } from "./context.ts";
import type { Middleware } from "./handlers.ts";
import { setHeaders } from "./set_headers.ts";

/** Options of the content security policy. */
export interface CSPOptions {
  /** True only reports what the policy would block. */
  reportOnly?: boolean;
  /** Address that reports are sent to. */
  reportTo?: string;
  /** Directives that replace those of the same name, or are added. */
  csp?: string[];
  /** True allows inline scripts and styles by a nonce per request instead of `'unsafe-inline'`. */
  useNonce?: boolean;
}

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** Sets a content security policy on every answer, also where the page was not rendered here. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly = false, reportTo, useNonce = false } = options;
  const directives = merge(DEFAULTS, options.csp ?? []);
  if (reportTo !== undefined) directives.push("report-to csp-endpoint", `report-uri ${reportTo}`);
  const header = `content-security-policy${reportOnly ? "-report-only" : ""}`;
  return async (ctx) => {
    const nonce = useNonce ? crypto.randomUUID() : null;
    internalsOf(ctx).nonce = nonce;
    const response = await ctx.next();
    // Over plain HTTP the upgrade would break every address of a server that has no TLS.
    const upgrade = ctx.url.protocol === "https:" ? ["upgrade-insecure-requests"] : [];
    const policy = [...directives, ...upgrade].join("; ");
    return setHeaders(response, (headers) => {
      const inline = nonce === null ? "'unsafe-inline'" : `'nonce-${nonce}'`;
      headers.set(header, policy.replaceAll("'unsafe-inline'", inline));
      if (reportTo !== undefined) headers.set("reporting-endpoints", `csp-endpoint="${reportTo}"`);
    });
  };
}

function merge(base: readonly string[], own: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const directive of [...base, ...own]) byName.set(directive.split(" ")[0]!, directive);
  return [...byName.values()];
}
