import type { Database } from "../client.ts";

/** The first of some names of which the store has a security; null for none. */
export async function knownSymbol(
  sql: Database,
  names: readonly string[],
): Promise<string | null> {
  for (const name of names) {
    const [row] = await sql<{ is_known: boolean }[]>`
      SELECT EXISTS (SELECT FROM instruments WHERE symbol = ${name})
        OR EXISTS (SELECT FROM daily_prices WHERE symbol = ${name}) AS is_known`;
    if (row!.is_known) return name;
  }
  return null;
}

/** The same of an index. */
export async function knownIndex(sql: Database, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const [row] = await sql<{ is_known: boolean }[]>`
      SELECT EXISTS (SELECT FROM daily_indices WHERE code = ${name})
        OR EXISTS (SELECT FROM index_candles_1m WHERE code = ${name}) AS is_known`;
    if (row!.is_known) return name;
  }
  return null;
}

/** A text that is another one in every database: when, and for whose data, it was set up. */
export async function identityOf(sql: Database): Promise<string> {
  const [row] = await sql<{ identity: string }[]>`
    SELECT concat_ws(' ', provider, created_at AT TIME ZONE 'UTC') AS identity
    FROM store_identity`;
  return row?.identity ?? "";
}
