import type { Pool } from "./pool.ts";

/** Whose data a store holds. */
export type Provider = "ssi" | "sim";

/** How the days of a table are kept apart. */
export type Layout = "hypertables" | "partitions";

export interface Identity {
  /** Another word than ours is possible: a newer version may know more providers. */
  readonly provider: string;
  readonly layout: Layout;
}

/** Gives an empty store its owner; tells whose it is. */
export async function claimStore(pool: Pool, provider: Provider): Promise<Identity> {
  await pool.run((sql) =>
    sql`INSERT INTO store_identity (provider, layout)
      SELECT ${provider}::text,
        CASE WHEN relkind = 'p' THEN 'partitions' ELSE 'hypertables' END
      FROM pg_class WHERE oid = 'trades'::regclass
      ON CONFLICT DO NOTHING`
  );
  const [identity] = await pool.read((sql) =>
    sql<Identity[]>`SELECT provider, layout FROM store_identity`
  );
  return identity!;
}

const NAMES: Readonly<Record<string, string>> = {
  ssi: "SSI",
  sim: "the simulated exchange",
};

/** Why data of a provider must not go into a store of another, and what to do. */
export function foreignStore(held: string, provider: Provider): string {
  return `the database holds data of ${NAMES[held] ?? held}, not of ${NAMES[provider]}: ` +
    `let DATABASE_URL name another database for ${NAMES[provider]}`;
}
