import type { Logger } from "../log.ts";

/** Time until a port that could not be listened on any more is tried again. */
const AGAIN_MS = 1_000;

/** Where pages and REST are asked for. */
export interface PagePort {
  readonly addr: Deno.NetAddr;
  /** Lets answers under way end, and listens no more. */
  shutdown(): Promise<void>;
}

/**
 * Listens for requests, and goes on when the runtime gives the port up: `Deno.serve` ends, and with
 * it the process, when a connection comes while there is no descriptor left, which anybody brings
 * about who opens enough of them. Throws what `Deno.serve` throws at first.
 */
export function openPagePort(
  address: { readonly hostname: string; readonly port: number },
  handler: Deno.ServeHandler<Deno.NetAddr>,
  log: Logger,
): PagePort {
  // Text is sent as br or gzip; streams of events and what is compressed already stay as they are.
  const listen = (hostname: string, port: number) =>
    Deno.serve(
      { hostname, port, automaticCompression: true, onListen: () => {} },
      handler,
    );
  /** Null while the port is lost. */
  let server: Deno.HttpServer<Deno.NetAddr> | null = listen(address.hostname, address.port);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  const { addr } = server;
  const failed = (error: unknown) => {
    server = null;
    if (isClosed) return;
    log.error("port_lost", { port: addr.port, error });
    timer = setTimeout(again, AGAIN_MS);
  };
  const again = () => {
    try {
      server = listen(address.hostname, addr.port);
    } catch (error) {
      return failed(error);
    }
    log.info("port_found", { port: addr.port });
    server.finished.catch(failed);
  };
  server.finished.catch(failed);
  return {
    addr,
    shutdown: async () => {
      isClosed = true;
      clearTimeout(timer);
      await server?.shutdown();
    },
  };
}
