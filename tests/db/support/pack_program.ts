// Packs a date of a database, both as arguments: for a test that kills it.
import { packDate } from "../../../db/pack.ts";
import { connectTo } from "./trade_store.ts";

const [address, date] = Deno.args;
const connections = connectTo(JSON.parse(address!));
await packDate(connections.sql, date!);
await connections.end(1);
