import { fieldsOf, LOG_KINDS, ROW_SET_NAMES, TABLES } from "../wire/channel.ts";
import {
  CHANNELS_MAX,
  CLIENT_MESSAGE_BYTES_MAX,
  RATES_MS,
  SYMBOLS_MAX,
} from "../wire/client_schema.ts";
import type { HelloFrame, StatusFrame } from "../wire/frames.ts";
import { dataStatus } from "../wire/status.ts";
import { TRADE_FIELDS } from "../wire/trade.ts";
import { HEARTBEAT_MS, SUBSCRIPTIONS_MAX } from "./limits.ts";
import { SharedMessage } from "./message.ts";
import type { Replica } from "./replica.ts";

const FIELDS = ROW_SET_NAMES.map((name) => [name, { f: fieldsOf(name) }]);
const SCHEMA: HelloFrame["schema"] = {
  ...Object.fromEntries(FIELDS),
  stock: { f: TABLES.stock },
  book: { f: TABLES.book },
  trades: { f: TRADE_FIELDS },
};

/** What follows the id of a socket in its first frame, by what it depends on. */
const rests = new Map<string, SharedMessage>();

/** The first frame of a socket; with `auth` nothing else is answered before a valid token. */
export function helloMessage(sid: string, replica: Replica, auth: boolean): SharedMessage {
  const state = dataStatus(replica.status);
  const key = `${state} ${auth}`;
  let rest = rests.get(key);
  if (rest === undefined) {
    rest = new SharedMessage(JSON.stringify(frameOf(state, auth)).slice(1));
    rests.set(key, rest);
  }
  const start: Pick<HelloFrame, "k" | "v" | "sid"> = { k: "hello", v: 1, sid };
  return new SharedMessage(`${JSON.stringify(start).slice(0, -1)},`, rest);
}

function frameOf(
  data_status: HelloFrame["data_status"],
  auth: boolean,
): Omit<HelloFrame, "k" | "v" | "sid"> {
  return {
    hb: HEARTBEAT_MS,
    tick: RATES_MS[0],
    rates: RATES_MS,
    auth,
    data_status,
    limits: {
      messageBytes: CLIENT_MESSAGE_BYTES_MAX,
      channels: CHANNELS_MAX,
      subscriptions: SUBSCRIPTIONS_MAX,
      symbols: SYMBOLS_MAX,
    },
    schema: SCHEMA,
    logs: LOG_KINDS,
  };
}

/** The feed's state as a frame. */
export function statusFrame(replica: Replica): StatusFrame {
  const feed = replica.status;
  return { k: "st", st: feed.state, data_status: dataStatus(feed), feed };
}
