import type { Logger } from "./log.ts";

/** Time until a port that could not be listened on any more is tried again. */
const AGAIN_MS = 1_000;

/** Where a server is asked for. */
export interface HttpPort {
  readonly addr: Deno.NetAddr;
  /** Lets answers under way end, and listens no more. */
  shutdown(): Promise<void>;
}

/** Where to listen, and how to answer there. */
export interface HttpPortOptions {
  readonly hostname: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Text is sent as br or gzip; streams of events and what is compressed already stay as they are. */
  readonly automaticCompression?: boolean;
}

/**
 * Listens for requests, and goes on when the runtime gives the port up: `Deno.serve` ends, and with
 * it the process, when a connection comes while there is no descriptor left, which anybody brings
 * about who opens enough of them. Throws what `Deno.serve` throws at first.
 */
export function openHttpPort(
  options: HttpPortOptions,
  handler: Deno.ServeHandler<Deno.NetAddr>,
  log: Logger,
): HttpPort {
  const listen = (port: number) => Deno.serve({ ...options, port, onListen: () => {} }, handler);
  /** Null while the port is lost. */
  let server: Deno.HttpServer<Deno.NetAddr> | null = listen(options.port);
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
      server = listen(addr.port);
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
