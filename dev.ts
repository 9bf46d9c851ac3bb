import { Builder } from "fresh/dev";
import { startBackend } from "./core/tasks/backend.ts";
import { defaultLogger, readConfig } from "./core/tasks/program.ts";
import { createApp } from "./main.ts";
import type { State } from "./utils.ts";

const builder = new Builder<State>();

if (Deno.args.includes("build")) {
  await builder.build();
} else {
  const config = readConfig();
  const onFatal = (message: string) => {
    throw new Error(message);
  };
  const { services } = await startBackend(config, {
    log: defaultLogger(config),
    onFatal,
    pagesPort: config.app.port,
  });
  const { host: hostname, port } = config.app;
  await builder.listen(() => Promise.resolve(createApp(() => services)), { hostname, port });
}
