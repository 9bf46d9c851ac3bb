import type { SimWorkerReply } from "../sim/worker_messages.ts";
import { type BackendDeps, Supervisor } from "./supervisor.ts";

/** A service of SSI's protocol to be run in a worker. */
export interface OwnServicePlan {
  /** For the log and for errors. */
  readonly name: string;
  /** What its market comes out of: two of the same have the same past. */
  readonly world: string;
  readonly worker: URL;
  /** 0 takes a free port. */
  readonly port: number;
  /** What to look at when it cannot start. */
  readonly hint: string;
  /** The message that starts the worker on a port; it closes on `{ kind: "close" }`. */
  readonly startOn: (port: number) => unknown;
}

/** The service that this process runs in a worker: a simulated exchange, or a recorded day. */
export interface OwnService {
  readonly url: string;
  /** Ends it at once, as a crash would; it is started again, at the beginning of its day. */
  kill(): void;
  stop(): Promise<void>;
}

/**
 * Starts a service of ours; resolves when it listens, rejects with one clear Error when it cannot.
 * It keeps its port when it restarts; `onRestart` is told then, because its market has begun anew
 * and what was seen of the old one is no past of it.
 */
export function startOwnService(
  plan: OwnServicePlan,
  deps: BackendDeps & { readonly onRestart: () => void },
): Promise<OwnService> {
  const { name, worker: url, hint } = plan;
  return new Promise((resolve, reject) => {
    let { port } = plan;
    let hasRun = false;
    const supervisor: Supervisor = new Supervisor({
      name,
      url,
      silenceMs: null,
      stop: { ask: { kind: "close" }, stopped: "closed" },
      start: (worker) => worker.postMessage(plan.startOn(port)),
      onMessage(message) {
        const reply = message as SimWorkerReply;
        if (reply.kind === "failed") {
          // What has worked once may work again: the ended worker can hold the port for a moment.
          if (hasRun) return supervisor.kill(reply.message);
          supervisor.abandon();
          return reject(new Error(`Cannot start the ${name}: ${reply.message}; see ${hint}`));
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
