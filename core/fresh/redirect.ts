/**
 * Makes the Location header of a redirect. Browsers drop tabs and newlines and read `\` as `/`, so
 * `/\t/host` and `\\host` would leave the site as surely as `//host`: all of them become one slash.
 */
export function redirectLocation(pathOrUrl: string): string {
  // deno-lint-ignore no-control-regex
  const clean = pathOrUrl.replace(/[\u0000-\u001f\u007f]/g, "").trim();
  if (!/^[/\\]/.test(clean)) return toAscii(clean);
  const cut = clean.search(/[?#]/);
  const path = cut === -1 ? clean : clean.slice(0, cut);
  const rest = cut === -1 ? "" : clean.slice(cut);
  return toAscii(path.replace(/[/\\]+/g, "/") + rest);
}

/**
 * A header takes no spaces and no letters beyond ASCII; lone surrogates become the replacement
 * character.
 */
function toAscii(text: string): string {
  return text.toWellFormed().replace(/[^\u0021-\u007e]+/g, encodeURIComponent);
}
