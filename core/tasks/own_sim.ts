import type { Config } from "../config.ts";
import type { SimWorkerReply, SimWorkerRequest } from "../sim/worker_messages.ts";
import { type BackendDeps, Supervisor } from "./supervisor.ts";

/** The simulated service that this process runs in a worker. */
export interface OwnSim {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the simulated SSI service; resolves when it listens. It keeps its port when it restarts. */
export function startOwnSim(settings: Config["sim"], deps: BackendDeps): Promise<OwnSim> {
  return new Promise((resolve) => {
    let port = settings.port;
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
        if (reply.kind === "failed") deps.onFatal(reply.message);
        if (reply.kind !== "ready") return;
        port = Number(new URL(reply.url).port);
        resolve({ url: reply.url, stop: () => supervisor.stop() });
      },
      onDown: () => {},
    }, deps.log);
  });
}
