/** Folder of the driver's source, as stack traces name it. */
const DRIVER_DIR = import.meta.resolve("postgres").replace(/\/[^/]+$/, "/");

/** Whether an error was raised in the driver itself and not in what called it. */
export function isDriverFault(error: unknown): boolean {
  if (!(error instanceof Error) || error.stack === undefined) return false;
  const frames = error.stack.split("\n").filter((line) => /^ {4}at /.test(line));
  // Sockets, streams and timers run the driver's code and are run by it.
  return frames.find((line) => !/\((node|ext):|at (node|ext):/.test(line))
    ?.includes(DRIVER_DIR) ?? false;
}

/**
 * Hears of errors that the driver throws where nobody can catch them: its handlers of sockets meet
 * a connection that is gone. They would end the process; all others still do.
 * Returns how to stop listening.
 */
export function watchDriverFaults(onFault: (error: Error) => void): () => void {
  const take = (event: Event, error: unknown) => {
    if (!isDriverFault(error)) return;
    event.preventDefault();
    onFault(error as Error);
  };
  const onError = (event: ErrorEvent) => take(event, event.error);
  const onRejection = (event: PromiseRejectionEvent) => take(event, event.reason);
  globalThis.addEventListener("error", onError);
  globalThis.addEventListener("unhandledrejection", onRejection);
  return () => {
    globalThis.removeEventListener("error", onError);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  };
}
