// Packs a date of a database, both as arguments: for a test that kills it.
import { packDate } from "../../../db/pack.ts";
import { connect } from "../../../db/pool.ts";

const [address, date] = Deno.args;
const sql = connect({ address: JSON.parse(address!), max: 1, name: "pack" });
await packDate(sql, date!);
await sql.end();
