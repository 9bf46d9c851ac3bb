/** Every page of the application, as a reader reaches it; tests and screenshots walk this list. */
export const PAGE_PATHS: readonly string[] = ["/", "/api/ws"];

/** Pages for programmers, without a quote; their prose may say `null`. */
export const REFERENCE_PATHS: readonly string[] = ["/api/ws"];
