const DEADLINE_MS = 120_000;

/** Resolves once a condition holds; rejects with its name when it never does. */
export async function until(condition: () => boolean, name: string): Promise<void> {
  const endMs = Date.now() + DEADLINE_MS;
  while (!condition()) {
    if (Date.now() > endMs) throw new Error(`Waited in vain for: ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
