import { contractCases } from "../support/contract_cases.ts";

/**
 * Writes docs/contract/cases.json: what the hub says, whole and damaged, and what a client holds.
 * Run it where the protocol changes: deno run -A tests/docs/write_contract.ts
 */
const FILE = new URL("../../docs/contract/cases.json", import.meta.url);
await Deno.writeTextFile(FILE, JSON.stringify(contractCases(), null, 2) + "\n");
