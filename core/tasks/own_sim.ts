import type { Config } from "../config.ts";
import type { SimWorkerReply, SimWorkerRequest } from "../sim/worker_messages.ts";
import { type BackendDeps, Supervisor } from "./supervisor.ts";

/** The simulated service that this process runs in a worker. */
export interface OwnSim {
  readonly url: string;
  /** Ends it at once, as a crash would; it is started again, at the beginning of its day. */
  kill(): void;
  stop(): Promise<void>;
}

/**
 * Starts the simulated SSI service; resolves when it listens, rejects with one clear Error when it
 * cannot. It keeps its port when it restarts; `onRestart` is told then, because its market has begun
 * anew and what was seen of the old one is no past of it.
 */
export function startOwnSim(
  settings: Config["sim"],
  deps: BackendDeps & { readonly onRestart: () => void },
): Promise<OwnSim> {
  return new Promise((resolve, reject) => {
    let port = settings.port;
    let hasRun = false;
    const supervisor: Supervisor = new Supervisor({
      name: "simulated exchange",
      url: new URL("../sim/worker.ts", import.meta.url),
      silenceMs: null,
      stop: { ask: { kind: "close" } satisfies SimWorkerRequest, stopped: "closed" },
      start: (worker) =>
        worker.postMessage(
          { kind: "start", options: { ...settings, port } } satisfies SimWorkerRequest,
        ),
      onMessage(message) {
        const reply = message as SimWorkerReply;
        if (reply.kind === "failed") {
          // What has worked once may work again: the ended worker can hold the port for a moment.
          if (hasRun) return supervisor.kill(reply.message);
          supervisor.abandon();
          return reject(
            new Error(`Cannot start the simulated exchange: ${reply.message}; see SIM_PORT`),
          );
        }
        if (reply.kind !== "ready") return;
        if (hasRun) deps.onRestart();
        hasRun = true;
        port = Number(new URL(reply.url).port);
        resolve({
          url: reply.url,
          kill: () => supervisor.kill(),
          stop: () => supervisor.stop(),
        });
      },
      onDown: () => {},
    }, deps.log);
  });
}
