import assert from "node:assert/strict";
import { openBroker } from "../../../core/bus/open_broker.ts";
import { Secret } from "../../../core/secret.ts";
import { brokerTest } from "../../support/broker_server.ts";
import { testLog } from "../../support/bus_rig.ts";
import { until } from "../../support/program.ts";

const PASSWORD = "canary-of-the-bus";
const WRONG = "another-canary";

brokerTest(
  "The password opens the broker, a wrong one does not, and neither is ever logged (I11)",
  async (server) => {
    const lines: string[] = [];
    const log = testLog(lines);
    const opened = await openBroker(new Secret(server.url), log, new AbortController().signal);
    assert.ok(!opened.name.includes(PASSWORD));
    await opened.prepare();
    assert.equal(await opened.lease.take("a", 0), 1);
    await opened.close();

    const giving = new AbortController();
    const wrong = new Secret(server.url.replace(PASSWORD, WRONG));
    const opening = openBroker(wrong, log, giving.signal).catch((error: Error) => error);
    await until("the refusal", () => Promise.resolve(lines.length > 0 || null));
    giving.abort(new Error("given up"));
    assert.equal(String(await opening), "Error: given up");
    assert.ok(!lines.some((line) => line.includes(PASSWORD) || line.includes(WRONG)), lines.join());
  },
  { password: PASSWORD },
);

brokerTest("A broker that is not there yet is waited for", async (server) => {
  await server.kill();
  const opening = openBroker(new Secret(server.url), testLog([]), new AbortController().signal);
  await server.restart();
  const broker = await opening;
  assert.ok(broker.isConnected);
  await broker.close();
});
