import type { Told } from "./codes.ts";
import type { ServerFrame } from "./frames.ts";

type FrameOf<K extends ServerFrame["k"]> = Extract<ServerFrame, { readonly k: K }>;

/** What a frame says, and what stands in each of its fields but `k`. */
interface FrameWords<Frame> {
  readonly about: Told;
  readonly fields: { readonly [Field in Exclude<keyof Frame, "k">]-?: Told };
  /** Null for one that is too long to show. */
  readonly example: Frame | null;
}

const channel: Told = { vi: "kênh", en: "channel" };
const epoch: Told = {
  vi: "kỷ nguyên: vị trí của hai kỷ nguyên không so được với nhau",
  en: "epoch: positions of two epochs cannot be compared",
};
const newest: Told = {
  vi: "giờ sàn của sự kiện mới nhất, Unix ms; null khi chưa có",
  en: "exchange time of the newest event, Unix ms; null before the first",
};

/** Every frame of `vnstock.v1.json` that a server sends, in the words of the documents. */
export const FRAME_WORDS: { readonly [K in ServerFrame["k"]]: FrameWords<FrameOf<K>> } = {
  hello: {
    about: { vi: "khung đầu tiên", en: "the first frame" },
    fields: {
      v: { vi: "phiên bản giao thức", en: "version of the protocol" },
      sid: { vi: "mã kết nối, để tra nhật ký", en: "id of the connection, for logs" },
      hb: { vi: "ms giữa hai nhịp tim", en: "ms between two heartbeats" },
      tick: { vi: "ms ít nhất giữa hai cập nhật", en: "least ms between two updates" },
      rates: { vi: "các nhịp có thể xin, ms", en: "rates that sub can ask for, ms" },
      auth: {
        vi: "true: chỉ trả lời sau khi auth đưa token hợp lệ",
        en: "true: nothing is answered before auth brings a valid token",
      },
      data_status: { vi: "số liệu đáng tin đến đâu", en: "how far numbers may be trusted" },
      limits: { vi: "giới hạn của một kết nối", en: "limits of a connection" },
      schema: {
        vi: "tên các cột của mỗi kênh; stock:VNM nằm dưới stock, book và trades cũng vậy",
        en: "fields of each channel; stock:VNM stands under stock, likewise book and trades",
      },
      logs: { vi: "các kênh nhật ký", en: "channels that are logs" },
    },
    example: null,
  },
  s: {
    about: { vi: "toàn bộ kênh tại seq s", en: "the whole channel at seq s" },
    fields: {
      c: channel,
      e: epoch,
      s: { vi: "seq: vị trí sau khung này", en: "seq: the position after this frame" },
      t: newest,
      i: {
        vi: "phần thứ i, từ 0, nếu chia phần",
        en: "number of this part, from 0; absent if whole",
      },
      n: { vi: "số phần; chỉ dùng khi đủ", en: "how many parts; it holds once all are there" },
      y: { vi: "mã của từng hàng", en: "symbol of each row" },
      v: { vi: "mỗi cột một mảng ô", en: "one array of cells for each field" },
    },
    example: {
      k: "s",
      c: "index",
      e: "k3f9",
      s: 1_041,
      t: 1_785_727_800_000,
      y: ["VNINDEX", "VN30"],
      v: [["VNINDEX", "VN30"], [1_702.4, 1_911.08]],
    },
  },
  d: {
    about: {
      vi: "giá trị mới của mọi ô đã đổi sau seq p, đến seq s",
      en: "every cell that changed after seq p, up to seq s, as absolute values",
    },
    fields: {
      c: channel,
      e: epoch,
      p: { vi: "chỉ áp dụng khi p ≤ vị trí của bạn < s", en: "apply it only when p ≤ yours < s" },
      s: { vi: "vị trí sau khung này", en: "the position after this frame" },
      t: newest,
      d: {
        vi: "phẳng: số hàng, mặt nạ, giá trị của các bit bật từ thấp lên, rồi hàng kế",
        en: "flat: row number, mask, the values of its set bits from the lowest, then the next row",
      },
    },
    example: {
      k: "d",
      c: "index",
      e: "k3f9",
      p: 1_041,
      s: 1_042,
      t: 1_785_727_801_000,
      d: [1, 2, 1_911.3],
    },
  },
  a: {
    about: {
      vi: "các mục nhật ký số p+1 đến s, không thiếu mục nào",
      en: "entries of a log with numbers in (p, s], none left out",
    },
    fields: {
      c: channel,
      e: epoch,
      p: {
        vi: "lấy mục sau vị trí của bạn khi p ≤ vị trí đó",
        en: "take what is above yours when p ≤ yours",
      },
      s: { vi: "số của mục cuối", en: "number of the last entry" },
      list: {
        vi: "cảnh báo, hoặc lệnh khớp theo schema.trades",
        en: "alerts, or trades as schema.trades says",
      },
    },
    example: {
      k: "a",
      c: "trades:FPT",
      e: "k3f9",
      p: 41,
      s: 42,
      list: [[1_785_727_801_000, 101_500, 300, "buy", "quote", 1_204_300, 0]],
    },
  },
  h: {
    about: { vi: "nhịp tim, 15 giây một lần", en: "heartbeat, every 15 s" },
    fields: {
      t: { vi: "giờ máy chủ, Unix ms", en: "clock of the server, Unix ms" },
      e: epoch,
      m: {
        vi: "vị trí mới nhất của từng kênh; cao hơn của bạn tức là đã mất khung",
        en: "newest position of each channel; above yours means that frames were lost",
      },
      lag: {
        vi: "số cập nhật bị giữ lại vì bạn đọc chậm",
        en: "updates held back from you since the last one",
      },
      unsent: { vi: "byte còn trên đường tới bạn", en: "bytes on their way to you" },
      slower: { vi: "nhịp hợp với bạn hơn, ms", en: "a rate that suits you better, ms" },
    },
    example: { k: "h", t: 1_785_727_815_000, e: "k3f9", m: { index: 1_090 } },
  },
  st: {
    about: {
      vi: "tình trạng nguồn, khi đăng ký và mỗi lần đổi",
      en: "state of the source, on subscribing and on each change",
    },
    fields: {
      st: { vi: "tình trạng", en: "the state" },
      data_status: { vi: "số liệu đáng tin đến đâu", en: "how far numbers may be trusted" },
      feed: { vi: "nguồn, lý do, phiên của từng sàn", en: "provider, reason, phase of each board" },
    },
    example: {
      k: "st",
      st: "live",
      data_status: "live",
      feed: {
        provider: "ssi",
        replay: false,
        state: "live",
        reason: null,
        sinceMs: 1_785_722_400_000,
        asOfMs: 1_785_727_800_000,
        tradingDate: "2026-08-03",
        phases: {
          HOSE: "continuous",
          HNX: "continuous",
          UPCOM: "continuous",
          DERIVATIVES: "continuous",
        },
        membership: "feed",
        recorded: true,
      },
    },
  },
  ok: {
    about: { vi: "đã làm thao tác id", en: "the operation id was done" },
    fields: {
      id: { vi: "id của thao tác", en: "id of the operation" },
      rate: {
        vi: "nhịp từ nay, ms, nếu đã xin",
        en: "rate from now on, ms, when one was asked for",
      },
    },
    example: { k: "ok", id: 1, rate: 500 },
  },
  err: {
    about: { vi: "không làm được", en: "something was refused or lost" },
    fields: {
      id: {
        vi: "id của thao tác; null khi không do thao tác nào",
        en: "id of the operation, or null",
      },
      code: { vi: "mã, xem bảng dưới", en: "one of the codes below" },
      msg: { vi: "dạng đúng, bằng tiếng Anh", en: "the wanted form, for people" },
      retry: { vi: "thử lại sau chừng đó ms", en: "try again after so many ms" },
      c: { vi: "các kênh liên quan", en: "channels it is about" },
    },
    example: { k: "err", id: 2, code: "BAD_CHANNEL", msg: "unknown channel", c: ["idx"] },
  },
  bye: {
    about: { vi: "máy chủ sắp đóng kết nối", en: "the server is about to close" },
    fields: {
      code: { vi: "mã đóng sẽ dùng", en: "the close code that follows" },
      after: { vi: "nối lại sau chừng đó ms", en: "come back after so many ms" },
    },
    example: { k: "bye", code: 1_012, after: 3_200 },
  },
};
