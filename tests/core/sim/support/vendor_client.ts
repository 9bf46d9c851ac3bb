/**
 * SSI's own Node client, used as its README says: `vendor_client.ts <url> <channels>`. Each message
 * goes to the output as one line `data <json>`; the parent reads them and ends the process.
 */
import { Buffer } from "node:buffer";
import client from "ssi-fcdata";

// The client's WebSocket library (2014) writes its random mask as a signed number and asks Node not
// to check it, an argument that Node 10 removed: today half of its sends throw, on Node as on Deno.
// This gives that one call back what it meant; the client itself stays as it is.
const writeUInt32BE = Buffer.prototype.writeUInt32BE;
Buffer.prototype.writeUInt32BE = function (value: number, offset?: number): number {
  return writeUInt32BE.call(this, value >>> 0, offset);
};

const [url, channels] = Deno.args;
if (url === undefined || channels === undefined) throw new TypeError("Want a URL and channels");

const response = await fetch(`${url}/${client.api.GET_ACCESS_TOKEN}`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ consumerID: "demo", consumerSecret: "demo" }),
});
const { data } = await response.json();

client.initStream({
  url,
  token: `${client.constants.AUTHORIZATION_SCHEME} ${data.accessToken}`,
});
client.bind(client.events.onData, (message: string) => say(`data ${message}`));
client.bind(client.events.onError, (_event: string, message: string) => say(`error ${message}`));
client.bind(client.events.onConnected, () => client.switchChannel(channels));
client.start();

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
