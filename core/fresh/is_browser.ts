/** Tells code that runs in both places that it runs in a browser. */
export const IS_BROWSER: boolean = typeof document !== "undefined";
