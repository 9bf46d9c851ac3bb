import { fieldsOf, LOG_KINDS, ROW_SET_NAMES, TABLES } from "../wire/channel.ts";
import { CHANNELS_MAX, CLIENT_MESSAGE_BYTES_MAX } from "../wire/client_schema.ts";
import type { HelloFrame, StatusFrame } from "../wire/frames.ts";
import { dataStatus } from "../wire/status.ts";
import { TRADE_FIELDS } from "../wire/trade.ts";
import { FLUSH_GAP_MS, HEARTBEAT_MS, SUBSCRIPTIONS_MAX } from "./limits.ts";
import type { Replica } from "./replica.ts";

/** The first frame of a socket. */
export function hello(sid: string, replica: Replica): HelloFrame {
  const fields = ROW_SET_NAMES.map((name) => [name, { f: fieldsOf(name) }]);
  const schema = {
    ...Object.fromEntries(fields),
    stock: { f: TABLES.stock },
    trades: { f: TRADE_FIELDS },
  };
  return {
    k: "hello",
    v: 1,
    sid,
    hb: HEARTBEAT_MS,
    tick: FLUSH_GAP_MS,
    rates: [100, 250, 500, 1_000, 2_000],
    auth: false,
    data_status: dataStatus(replica.status),
    limits: {
      messageBytes: CLIENT_MESSAGE_BYTES_MAX,
      channels: CHANNELS_MAX,
      subscriptions: SUBSCRIPTIONS_MAX,
    },
    schema,
    logs: LOG_KINDS,
  };
}

/** The feed's state as a frame. */
export function statusFrame(replica: Replica): StatusFrame {
  const feed = replica.status;
  return { k: "st", st: feed.state, data_status: dataStatus(feed), feed };
}
