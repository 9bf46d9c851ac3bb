import type { CLOSE, ErrorCode } from "./frames.ts";

/** A text for readers, in each language of the pages. */
export interface Told {
  readonly vi: string;
  readonly en: string;
}

interface ErrorWords {
  readonly about: Told;
  /** Clients should know it; no server sends it yet. */
  readonly isReserved?: true;
}

/** What each code of an `err` frame says. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorWords>> = {
  BAD_MESSAGE: {
    about: {
      vi: "không đọc được thao tác; msg nêu dạng đúng. Ba lần thì bị ngắt",
      en:
        "the operation cannot be read; msg tells the wanted form. The third one ends the connection",
    },
  },
  BAD_CHANNEL: {
    about: {
      vi: "không có các kênh nêu trong c; những kênh khác của cùng thao tác vẫn được đăng ký",
      en: "the channels in c do not exist; others of the same operation are subscribed",
    },
  },
  UNAUTHENTICATED: {
    about: {
      vi: "cần token hợp lệ: gửi thao tác auth trước",
      en: "a valid token is needed: send the operation auth first",
    },
  },
  FORBIDDEN: {
    about: {
      vi: "token hợp lệ nhưng không được đọc kênh này",
      en: "the token is valid, but not for this channel",
    },
    isReserved: true,
  },
  RATE_LIMITED: {
    about: {
      vi: "quá nhiều thao tác hoặc kết nối; thử lại sau retry ms",
      en: "too many operations or connections; try again after retry ms",
    },
  },
  TOO_MANY_SUBS: {
    about: {
      vi: "quá số kênh cho một kết nối; bỏ bớt rồi đăng ký lại",
      en: "more channels than one connection may have; leave some, then subscribe again",
    },
  },
  GAP: {
    about: {
      vi:
        "nhật ký không còn nối được từ vị trí của bạn; bỏ phần đang giữ, msg nêu địa chỉ có phần cũ",
      en:
        "the log does not reach back to your position; drop what you hold, msg names where the rest is",
    },
  },
  UNAVAILABLE: {
    about: {
      vi: "máy chủ chưa làm được lúc này; thử lại sau",
      en: "the server cannot do it now; try again later",
    },
  },
};

/** How a client comes back after a close. */
export type Return = "never" | "back-off" | "at-once" | "told";

/** What each way of coming back means. */
export const RETURNS: Readonly<Record<Return, Told>> = {
  never: {
    vi: "không nối lại; sửa chương trình hoặc token trước",
    en: "not before the client or its token is mended",
  },
  "back-off": {
    vi: "chờ ngẫu nhiên, tăng dần từ 0,5 đến 20 giây",
    en: "after a random wait that grows from 0.5 to 20 s",
  },
  "at-once": { vi: "nối lại ngay", en: "at once" },
  told: { vi: "sau after ms của bye", en: "after the ms in after of bye" },
};

interface CloseWords extends ErrorWords {
  readonly back: Return;
}

/** What each close code says. */
export const CLOSE_CODES: Readonly<Record<keyof typeof CLOSE, CloseWords>> = {
  goingAway: {
    back: "back-off",
    about: { vi: "máy chủ dừng (hợp đồng đơn giản)", en: "the server stops (plain contract)" },
  },
  unsupported: {
    back: "never",
    about: { vi: "chỉ nhận tin văn bản", en: "a binary message; only text is taken" },
  },
  policy: {
    back: "back-off",
    about: {
      vi: "không có thao tác nào kịp giờ; hợp đồng đơn giản: bị từ chối, tin trước đó nêu lý do",
      en: "no operation in time; in the plain contract a refusal, the message before says why",
    },
  },
  tooLarge: {
    back: "never",
    about: { vi: "tin gửi lên quá lớn", en: "a message of the client is too large" },
  },
  restart: {
    back: "told",
    about: { vi: "máy chủ khởi động lại", en: "the server restarts" },
  },
  unauthenticated: {
    back: "never",
    about: {
      vi: "token thiếu, sai hoặc gửi quá muộn",
      en: "the token is missing, wrong or came too late",
    },
  },
  forbidden: {
    back: "never",
    about: { vi: "không được phép đọc ở đây", en: "this client may not read here" },
    isReserved: true,
  },
  unknownChannel: {
    back: "never",
    about: { vi: "không có kênh này", en: "the channel does not exist" },
    isReserved: true,
  },
  protocolError: {
    back: "never",
    about: { vi: "quá nhiều tin không đọc được", en: "too many messages that cannot be read" },
  },
  connectionLimit: {
    back: "never",
    about: {
      vi: "địa chỉ này đã mở quá số kết nối; đóng bớt rồi mới nối",
      en: "too many connections from this address; close one first",
    },
  },
  slowConsumer: {
    back: "back-off",
    about: {
      vi: "đọc quá chậm: dữ liệu nằm chờ quá lâu, hoặc của mọi máy khách cộng lại quá nhiều",
      en: "too slow: bytes lay unsent too long, or those of all clients were too many",
    },
  },
  overloaded: {
    back: "back-off",
    about: { vi: "máy chủ đã đầy", en: "the server is full" },
  },
  rateLimited: {
    back: "back-off",
    about: {
      vi: "quá nhiều tin, hoặc quá nhiều kết nối mới",
      en: "too many messages, or too many new connections",
    },
  },
  moving: {
    back: "at-once",
    about: { vi: "máy khác nhận tiếp kết nối", en: "another machine takes over" },
    isReserved: true,
  },
  tokenExpired: {
    back: "at-once",
    about: {
      vi: "token hết hạn; lấy token mới rồi nối lại",
      en: "the token expired; get a new one",
    },
    isReserved: true,
  },
  heartbeatTimeout: {
    back: "at-once",
    about: {
      vi: "không trả lời ping kịp giờ; thường chỉ thấy 1006",
      en: "a ping was not answered in time; mostly seen as 1006",
    },
  },
};
