/**
 * Hears of connections that were reset after the client of NATS had let them go (a refused password,
 * a server that hung): it takes its listeners off a socket before it ends it, and what comes then
 * would end the process. No such error has a line of ours or of a package in its stack; all others
 * still end it. Returns how to stop listening.
 */
export function watchReleasedSockets(onReset: (error: Error) => void): () => void {
  const listener = (event: ErrorEvent) => {
    if (!isReset(event.error)) return;
    event.preventDefault();
    onReset(event.error);
  };
  globalThis.addEventListener("error", listener);
  return () => globalThis.removeEventListener("error", listener);
}

function isReset(error: unknown): error is Error {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== "ECONNRESET") {
    return false;
  }
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return frames.every((line) => /\((node|ext):|at (node|ext):/.test(line));
}
