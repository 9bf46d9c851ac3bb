import type { Phase } from "../../core/market/phase.ts";
import type { Lang } from "../i18n.ts";

const PHASES: Readonly<Record<Lang, Readonly<Record<Phase, string>>>> = {
  vi: {
    "pre-open": "Trước giờ mở cửa",
    ato: "Định kỳ mở cửa (ATO)",
    continuous: "Khớp lệnh liên tục",
    lunch: "Nghỉ trưa",
    atc: "Định kỳ đóng cửa (ATC)",
    "put-through": "Thỏa thuận",
    plo: "Khớp lệnh sau giờ (PLO)",
    halted: "Tạm ngừng",
    closed: "Đóng cửa",
  },
  en: {
    "pre-open": "Pre-open",
    ato: "Opening auction (ATO)",
    continuous: "Continuous trading",
    lunch: "Lunch break",
    atc: "Closing auction (ATC)",
    "put-through": "Put-through",
    plo: "After-hours (PLO)",
    halted: "Halted",
    closed: "Closed",
  },
};

const LIVE_VI = {
  board: { HOSE: "HOSE", HNX: "HNX", UPCOM: "UPCoM", DERIVATIVES: "Phái sinh" },
  connecting: "Đang kết nối",
  reconnecting: "Đang kết nối lại (lần {n})",
  polling: "Cập nhật theo chu kỳ, đang nối lại",
  pollingChosen: "Cập nhật mỗi phút (đã tắt tức thời)",
  failed: "Mất kết nối, hãy tải lại trang",
  live: "Trực tiếp",
  simulated: "Đang chạy (mô phỏng)",
  replay: "Đang phát lại",
  replaySimulated: "Đang phát lại (mô phỏng)",
  earlier: "Đang xem lại {time}",
  stale: "Dữ liệu cũ",
  closed: "Đóng cửa",
  sourceLost: "Máy chủ mất nguồn, đang nối lại",
  refused: "SSI từ chối khóa",
  ageSeconds: "cách đây {n} giây",
  ageMinutes: "cách đây {n} phút",
  asOf: "Số liệu {time} {date} (giờ VN)",
  noData: "Chưa có số liệu",
  nowPolling: "Mất WebSocket, chuyển sang hỏi lại theo chu kỳ.",
  nowPollingChosen: "Đã tắt tức thời: số liệu được hỏi lại mỗi phút.",
  nowStreaming: "Đã nối lại, số liệu chạy tức thời.",
  nowReconnecting: "Mất kết nối, đang nối lại.",
  closedNotice: "Thị trường đóng cửa. Số liệu là của phiên {date}.",
  holidayNotice: "Hôm nay nghỉ: {name}.",
  stored: "Chưa nối được máy chủ: đây là bản lưu trong máy, lúc {time}.",
  timeLeft: "còn {time}",
  nextOpen: "Mở cửa lại lúc {time} ngày {date}.",
  realtime: "Tức thời",
  realtimeHint: "Tắt để chỉ hỏi máy chủ mỗi phút một lần; lựa chọn được giữ lại",
  pause: "Tạm dừng",
  resume: "Chạy tiếp",
  details: "Bấm để xem chi tiết kết nối",
  tradingDate: "Ngày giao dịch",
  latency: "Độ trễ khứ hồi",
  reconnects: "Số lần kết nối lại",
  updateRate: "Số tin mỗi giây",
  mode: "Chế độ",
  modeStream: "WebSocket, chỉ gửi phần thay đổi",
  modePolling: "hỏi lại máy chủ vài giây một lần",
  modeEarlier: "một phút trước đó, không cập nhật",
  modeStatic: "ảnh chụp, chưa nối",
  lastUpdate: "Cập nhật gần nhất",
  reason: "Lý do",
  pollingNotice:
    "Không mở được WebSocket: số liệu được hỏi lại vài giây một lần, không mất thay đổi nào, và trang vẫn tự nối lại.",
  refusedHelp:
    "SSI không nhận khóa truy cập. Kiểm tra SSI_CONSUMER_ID và SSI_CONSUMER_SECRET rồi khởi động lại; máy chủ vẫn đang thử lại.",
  staticMembers:
    "Danh sách VN30 lấy từ bảng có sẵn trong chương trình vì chưa đọc được từ nguồn dữ liệu; có thể đã đổi.",
  notRecorded:
    "Số liệu đang KHÔNG được ghi lại vì ổ đĩa của máy chủ không nhận ghi; bảng vẫn chạy bình thường.",
};

/** Words of the live part: plain data that goes to the browser in one language. */
export interface LiveWords extends Readonly<typeof LIVE_VI> {
  readonly phase: Readonly<Record<Phase, string>>;
}

const LIVE_EN: typeof LIVE_VI = {
  board: { HOSE: "HOSE", HNX: "HNX", UPCOM: "UPCoM", DERIVATIVES: "Derivatives" },
  connecting: "Connecting",
  reconnecting: "Reconnecting (attempt {n})",
  polling: "Polling, reconnecting",
  pollingChosen: "Every minute (real time is off)",
  failed: "Connection lost, please reload",
  live: "Live",
  simulated: "Running (simulated)",
  replay: "Replaying",
  replaySimulated: "Replaying (simulated)",
  earlier: "Looking back at {time}",
  stale: "Stale data",
  closed: "Closed",
  sourceLost: "Server lost its source, reconnecting",
  refused: "SSI refused the key",
  ageSeconds: "{n} s ago",
  ageMinutes: "{n} min ago",
  asOf: "Data {time} {date} (Viet Nam time)",
  noData: "No data yet",
  nowPolling: "The WebSocket is lost; numbers are now asked for every few seconds.",
  nowPollingChosen: "Real time is off: numbers are asked for once a minute.",
  nowStreaming: "Connected again; numbers stream.",
  nowReconnecting: "Connection lost, reconnecting.",
  closedNotice: "The market is closed. Numbers are those of {date}.",
  holidayNotice: "Holiday today: {name}.",
  stored: "The server cannot be reached: this is a copy kept on this device, from {time}.",
  timeLeft: "{time} left",
  nextOpen: "Opens again at {time} on {date}.",
  realtime: "Real time",
  realtimeHint: "Switch off to ask the server once a minute only; the choice is kept",
  pause: "Pause",
  resume: "Resume",
  details: "Press for connection details",
  tradingDate: "Trading date",
  latency: "Round trip",
  reconnects: "Reconnects",
  updateRate: "Messages per second",
  mode: "Mode",
  modeStream: "WebSocket, changes only",
  modePolling: "asks the server every few seconds",
  modeEarlier: "an earlier minute, no updates",
  modeStatic: "still picture, not connected",
  lastUpdate: "Last update",
  reason: "Reason",
  pollingNotice:
    "No WebSocket can be opened: numbers are asked for every few seconds, no change is lost, and the page goes on trying.",
  refusedHelp:
    "SSI did not accept the access key. Check SSI_CONSUMER_ID and SSI_CONSUMER_SECRET, then restart; the server keeps trying.",
  staticMembers:
    "The VN30 list is the one shipped with the product because the source could not be read; it may be out of date.",
  notRecorded:
    "The day is NOT being recorded because the server's disk takes nothing; the board itself goes on.",
};

/** The live words of a language. */
export function liveWordsOf(lang: Lang): LiveWords {
  return { ...(lang === "vi" ? LIVE_VI : LIVE_EN), phase: PHASES[lang] };
}
