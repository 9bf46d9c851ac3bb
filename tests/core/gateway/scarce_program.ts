import { openPagePort } from "../../../core/gateway/page_port.ts";
import { createLogger } from "../../../core/log.ts";
import { type Adapter, TestServer } from "./test_server.ts";

/** Listens in one of the ways in which the product does; its test gives it few descriptors. */

// As every program of the product does at its start; Deno 2.9 panics when it comes to it too late.
Deno.addSignalListener("SIGTERM", () => Deno.exit());
if (Deno.args[0] === "pages") {
  const log = createLogger({ level: "info", nowMs: Date.now });
  const address = { hostname: "127.0.0.1", port: 0 };
  console.log(`port ${openPagePort(address, () => new Response("here"), log).addr.port}`);
} else {
  console.log(`port ${(await TestServer.startedOn(Deno.args[0] as Adapter)).port}`);
}
