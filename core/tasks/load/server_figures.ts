const CPU = "process_cpu_seconds_total";
const MEMORY = "process_resident_memory_bytes";
const TIMEOUT_MS = 5_000;

/** What the server says of itself; null where it says nothing. */
export interface ServerFigures {
  readonly cpuSeconds: number | null;
  readonly memoryBytes: number | null;
}

/** Reads the figures of a server; a server that does not answer has none. */
export async function readServer(httpUrl: string, token: string | null): Promise<ServerFigures> {
  let text = "";
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${httpUrl}/metrics`, { headers: bearer(token), signal });
    text = await response.text();
    if (!response.ok) text = "";
  } catch (error) {
    // The report shows that the figures are missing.
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
  }
  return { cpuSeconds: figure(text, CPU), memoryBytes: figure(text, MEMORY) };
}

function figure(text: string, name: string): number | null {
  const value = new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1];
  return value === undefined ? null : Number(value);
}

/** The header that shows a token, where there is one. */
export function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
