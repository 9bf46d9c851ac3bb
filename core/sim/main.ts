import { SimOptionsSchema, type SimSettings } from "./options.ts";
import { type SimService, startSimService } from "./service.ts";

/** Runs the simulated SSI service alone until a signal ends it. */
async function main(): Promise<void> {
  const settings = readSettings();
  const service = await start(settings);
  const stopped = firstSignal();
  write(
    Deno.stdout,
    `Simulated SSI service at ${service.url} with key demo / demo ` +
      `(${service.date()}, seed ${service.seed}, ${service.scenario}, speed ${settings.SIM_SPEED})`,
  );
  await stopped;
  await service.close();
  // A client that never answered the closing handshake would keep the process alive.
  Deno.exit(0);
}

function readSettings(): SimSettings {
  const given = Object.entries(Deno.env.toObject()).filter(([, text]) => text !== "");
  const parsed = SimOptionsSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  fail(
    parsed.error.issues.map(({ path, message }) => `${path.join()} wants ${message}`).join("; "),
  );
}

async function start(settings: SimSettings): Promise<SimService> {
  try {
    return await startSimService({
      port: settings.SIM_PORT,
      speed: settings.SIM_SPEED,
      seed: settings.SIM_SEED,
      scenario: settings.SIM_SCENARIO,
      profile: settings.SIM_PROFILE,
      start: settings.SIM_START,
    });
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

/** Resolves at SIGINT or SIGTERM; a second signal ends the process the hard way. */
async function firstSignal(): Promise<void> {
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  await new Promise<void>((resolve) => {
    const stop = () => {
      for (const signal of signals) Deno.removeSignalListener(signal, stop);
      resolve();
    };
    for (const signal of signals) Deno.addSignalListener(signal, stop);
  });
}

function fail(message: string): never {
  write(Deno.stderr, message);
  Deno.exit(1);
}

function write(stream: { writeSync(bytes: Uint8Array): number }, line: string): void {
  stream.writeSync(new TextEncoder().encode(`${line}\n`));
}

await main();
