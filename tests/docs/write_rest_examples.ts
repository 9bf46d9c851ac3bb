import { type ExampleOperation, exampleOperations, shortened } from "../support/rest_examples.ts";
import { startDebianPostgres } from "../support/postgres.ts";
import { withApp } from "../support/app.ts";
import { until } from "../support/program.ts";

/**
 * Writes core/gateway/rest_examples.json: answers of the simulated market after its close, shortened.
 * Run it where an answer changes its shape: deno run -A tests/docs/write_rest_examples.ts
 */
const FILE = new URL("../../core/gateway/rest_examples.json", import.meta.url);
const ENV = { SIM_START: "14:20", SIM_SPEED: "60", BACKFILL_ON_START: "auto" };

/** The first list in a body, null while it is empty. */
async function hasRows(url: string): Promise<true | null> {
  const body = await (await fetch(url)).json();
  return Object.values(body).some((value) => Array.isArray(value) && value.length > 0) || null;
}

const server = await startDebianPostgres({ tcp: true });
await withApp({ ...ENV, DATABASE_URL: server.url() }, async ({ url }) => {
  const document = await (await fetch(`${url}/api/openapi.json`)).json();
  const examples: Record<string, unknown> = {};
  const ask = async ({ name, address, method, schema }: ExampleOperation) => {
    const response = await fetch(`${url}${address}`, { method });
    if (!response.ok) throw new Error(`Cannot show ${address}: ${await response.text()}`);
    examples[name] = shortened(document, schema, await response.json());
  };
  await until("a recorded minute", () => hasRows(`${url}/api/at/days`));
  const { days } = await (await fetch(`${url}/api/at/days`)).json();
  const [past, others] = exampleOperations(document, days[0]);
  // The simulated exchange goes on to its next day, and the recording of this one goes.
  for (const operation of past) await ask(operation);
  for (const path of ["history/FPT/daily", "history/FPT/foreign/daily", "history/sessions"]) {
    await until(`rows of ${path}`, () => hasRows(`${url}/api/${path}`));
  }
  for (const operation of others) await ask(operation);
  await Deno.writeTextFile(FILE, JSON.stringify(examples, null, 2) + "\n");
});
await server.close();
