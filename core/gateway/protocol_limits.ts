import {
  ACK_WINDOW,
  BAD_MESSAGES_MAX,
  FIRST_OPERATION_MS,
  HEARTBEAT_MS,
  INBOUND_BURST,
  INBOUND_PER_SECOND,
  MESSAGE_CHARS_MAX,
  SUBSCRIPTIONS_MAX,
} from "../hub/limits.ts";
import {
  CHANNELS_MAX,
  CLIENT_MESSAGE_BYTES_MAX,
  RATE_MS_MAX,
  RATE_MS_MIN,
  SYMBOLS_MAX,
} from "../wire/client_schema.ts";
import type { Told } from "../wire/codes.ts";
import { CONNECTIONS_PER_WINDOW, WINDOW_MS } from "./connection_rate.ts";
import { REST_BURST, REST_PER_SECOND } from "./rate_limit.ts";
import type { ServeConfig } from "./services.ts";

/** A limit and its value, with the unit where it has one. */
export interface ProtocolLimit {
  readonly about: Told;
  readonly value: string;
}

type LimitSettings = Pick<
  ServeConfig,
  "wsConnectionsPerIpMax" | "wsConnectionsMax" | "wsLagMsMax"
>;

/** The limits that a client of this server meets. */
export function protocolLimits(
  { wsConnectionsPerIpMax, wsConnectionsMax, wsLagMsMax }: LimitSettings,
): readonly ProtocolLimit[] {
  const limit = (vi: string, en: string, value: string | number) => ({
    about: { vi, en },
    value: String(value),
  });
  return [
    limit("kết nối từ một địa chỉ", "connections of one address", wsConnectionsPerIpMax),
    limit(
      "kết nối mới từ một địa chỉ",
      "new connections of one address",
      `${CONNECTIONS_PER_WINDOW} / ${seconds(WINDOW_MS)}`,
    ),
    limit("kết nối cả máy chủ", "connections in all", wsConnectionsMax),
    limit("kênh trên một kết nối", "channels on one connection", SUBSCRIPTIONS_MAX),
    limit("kênh trong một thao tác", "channels in one operation", CHANNELS_MAX),
    limit("mã trong syms", "symbols in syms", SYMBOLS_MAX),
    limit("một tin gửi lên", "one message of a client", `${CLIENT_MESSAGE_BYTES_MAX} B`),
    limit(
      "tin gửi lên mỗi giây (dồn một lúc)",
      "messages of a client a second (at once)",
      `${INBOUND_PER_SECOND} (${INBOUND_BURST})`,
    ),
    limit("tin không đọc được", "messages that cannot be read", BAD_MESSAGES_MAX),
    limit("hạn gửi thao tác đầu tiên", "time for the first operation", seconds(FIRST_OPERATION_MS)),
    limit("nhịp cập nhật", "time between two updates", `${RATE_MS_MIN}–${RATE_MS_MAX} ms`),
    limit("nhịp tim (khung h)", "time between heartbeats (h frames)", seconds(HEARTBEAT_MS)),
    limit("một phần của ảnh chụp", "one part of a snapshot", `${MESSAGE_CHARS_MAX / 1_024} KB`),
    limit("dữ liệu nằm chờ lâu nhất", "longest time with unsent bytes", seconds(wsLagMsMax)),
    limit("tin đi trước ack", "messages ahead of ack", ACK_WINDOW),
    limit(
      "yêu cầu HTTP mỗi giây của một địa chỉ (dồn một lúc)",
      "HTTP requests of one address a second (at once)",
      `${REST_PER_SECOND} (${REST_BURST})`,
    ),
  ];
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}
