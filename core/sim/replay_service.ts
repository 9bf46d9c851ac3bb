import { plainMessage } from "../exchange/quirks.ts";
import { type ReplayOptions, ReplayRunner } from "./replay_runner.ts";
import { type SsiServer, startSsiServer } from "./ssi_server.ts";

export interface ReplayServiceOptions extends Omit<ReplayOptions, "sink"> {
  /** 0 takes any free port of the loopback. */
  readonly port: number;
}

/** Serves a recorded day by SSI's protocol; it begins when somebody subscribes. */
export function startReplayService(
  options: ReplayServiceOptions,
): Promise<SsiServer<ReplayRunner>> {
  const { port, clock, log } = options;
  return startSsiServer(
    { port, clock, log, dress: plainMessage },
    (sink) => new ReplayRunner({ ...options, sink }),
  );
}
