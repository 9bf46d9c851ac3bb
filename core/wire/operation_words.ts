import type { Told } from "./codes.ts";
import type { ClientFrame } from "./frames.ts";

type OperationOf<Op extends ClientFrame["op"]> = Extract<ClientFrame, { readonly op: Op }>;

/** What an operation does, and what stands in each of its fields but `op`. */
interface OperationWords<Operation> {
  readonly about: Told;
  readonly fields: { readonly [Field in Exclude<keyof Operation, "op">]-?: Told };
  readonly example: Operation;
}

const id: Told = {
  vi: "số tự chọn; ok hoặc err nhắc lại số này",
  en: "a number of yours; ok or err repeats it",
};

/** Everything a client may send, in the words of the documents. */
export const OPERATION_WORDS: {
  readonly [Op in ClientFrame["op"]]: OperationWords<OperationOf<Op>>;
} = {
  sub: {
    about: {
      vi: "đăng ký kênh: trả lời ok, st và ảnh chụp từng kênh",
      en: "subscribes: the answer holds ok, st and a snapshot of each channel",
    },
    fields: {
      id,
      c: { vi: "các kênh", en: "channels" },
      from: {
        vi: "vị trí đang giữ của từng kênh: nhận phần thiếu thay cho ảnh chụp",
        en: "position held of each channel: what is missing comes instead of a snapshot",
      },
      rate: {
        vi: "ms giữa hai cập nhật của kết nối này",
        en: "ms between two updates of this socket",
      },
      syms: { vi: "chỉ lấy các mã này", en: "only these rows of the channels" },
    },
    example: {
      op: "sub",
      id: 1,
      c: ["market", "index"],
      from: { index: { e: "k3f9", s: 1_041 } },
      rate: 500,
      syms: ["FPT", "VNM", "VNINDEX"],
    },
  },
  unsub: {
    about: { vi: "thôi nhận kênh", en: "ends subscriptions" },
    fields: { id, c: { vi: "các kênh", en: "channels" } },
    example: { op: "unsub", id: 2, c: ["market"] },
  },
  ping: {
    about: { vi: "đo độ trễ: trả lời ok", en: "measures the way: the answer is ok" },
    fields: { id },
    example: { op: "ping", id: 3 },
  },
  auth: {
    about: {
      vi: "đưa token: thao tác đầu tiên khi hello.auth là true, về sau để thay token",
      en: "says the token: first of all when hello.auth is true, later to renew it",
    },
    fields: { id, token: { vi: "token", en: "the token" } },
    example: { op: "auth", id: 4, token: "the-token" },
  },
  ack: {
    about: {
      vi: "đã nhận bao nhiêu tin, cho máy khách sau proxy có bộ đệm; không có trả lời",
      en: "how many messages were taken, for clients behind a proxy that buffers; no reply",
    },
    fields: { n: { vi: "số tin đã nhận trên kết nối này", en: "messages taken on this socket" } },
    example: { op: "ack", n: 120 },
  },
};
