import type { Lang } from "../i18n.ts";

const VI = {
  open: "Xem lại",
  notLoaded: "Chưa tải được bảng xem lại. Hãy kiểm tra kết nối rồi mở lại.",
  openHint: "Xem lại trang này ở một phút trước đó",
  group: "Xem lại phiên",
  band: "XEM LẠI",
  bandNote: "Thị trường lúc {time} ngày {date}, không phải lúc này.",
  goLive: "Về lúc này",
  day: "Ngày",
  minute: "Phút trong phiên",
  back: "Lùi một phút",
  forward: "Tới một phút",
  play: "Phát, mỗi giây một phút",
  stop: "Dừng phát",
  loading: "Đang dựng lại phút này…",
  loadingLong: "Đang dựng lại từ nhật ký của phiên; lần đầu có thể mất nửa phút…",
  daysLoading: "Đang tìm các phiên đã ghi…",
  noDays: "Chưa ghi được phiên nào; hãy đợi phút đầu tiên trôi qua.",
  refused: {
    off: "Máy chủ này không ghi phiên, nên không xem lại được.",
    starting: "Máy chủ đang khởi động. Hãy thử lại sau ít giây.",
    "no-day": "Phiên này không có trong nhật ký. Hãy chọn ngày khác.",
    future: "Phút này chưa tới.",
    busy: "Đang có nhiều người xem lại. Hãy thử lại sau ít giây.",
    failed: "Không dựng lại được phút này. Hãy thử phút khác, hoặc xem nhật ký máy chủ.",
    form: "Địa chỉ cần một phút của phiên đã ghi, ví dụ at=2026-11-20T10:42.",
  },
  lost: "Không hỏi được máy chủ. Hãy kiểm tra kết nối rồi thử lại.",
  stillNow: "Trang đang hiện thị trường lúc này.",
};

/** Words around earlier minutes. */
export type TravelWords = Readonly<typeof VI>;

const EN: typeof VI = {
  open: "Look back",
  notLoaded: "This could not be loaded. Check the connection and open it again.",
  openHint: "See this page as it was at an earlier minute",
  group: "Look back at a session",
  band: "EARLIER",
  bandNote: "The market at {time} on {date}, not now.",
  goLive: "Back to now",
  day: "Day",
  minute: "Minute of the session",
  back: "One minute back",
  forward: "One minute on",
  play: "Play, a minute each second",
  stop: "Stop playing",
  loading: "Building this minute again…",
  loadingLong:
    "Building it again from the session's journal; the first time may take half a minute…",
  daysLoading: "Looking for recorded sessions…",
  noDays: "No session is recorded yet; wait until the first minute is over.",
  refused: {
    off: "This server records no sessions, so none can be looked back at.",
    starting: "The server is starting. Try again in a few seconds.",
    "no-day": "The journal does not hold this session. Choose another day.",
    future: "This minute has not come yet.",
    busy: "Many readers are looking back. Try again in a few seconds.",
    failed: "This minute could not be built again. Try another one, or see the server's log.",
    form: "The address wants a minute of a recorded session, such as at=2026-11-20T10:42.",
  },
  lost: "The server could not be asked. Check your connection and try again.",
  stillNow: "The page shows the market now.",
};

export function travelWordsOf(lang: Lang): TravelWords {
  return lang === "vi" ? VI : EN;
}
