import type { Lang } from "../i18n.ts";

const VI = {
  title: "Biểu đồ giá {symbol}",
  interval: "Khung thời gian",
  intervals: {
    "1m": "1 phút",
    "3m": "3 phút",
    "5m": "5 phút",
    "15m": "15 phút",
    "30m": "30 phút",
    "1h": "1 giờ",
    "1d": "1 ngày",
  },
  loading: "Đang đọc lịch sử giá…",
  away:
    "Máy chủ đang chạy không có cơ sở dữ liệu: biểu đồ chỉ vẽ từ {count} lệnh gần nhất mà trang có.",
  failed: "Không đọc được lịch sử giá lúc này: biểu đồ vẽ từ {count} lệnh gần nhất mà trang có.",
  retry: "Thử lại",
  empty: "Chưa có nến nào; biểu đồ sẽ hiện khi có lệnh khớp đầu tiên.",
  noLibrary: "Không tải được thư viện biểu đồ; số liệu vẫn có trong bảng bên dưới.",
  noScript: "Biểu đồ cần JavaScript.",
  sentence:
    "{symbol}, nến {interval}: {count} nến từ {from} đến {to}; thấp nhất {min}, cao nhất {max}, mới nhất {last}, {trend} so với lúc đầu.",
  rising: "tăng",
  falling: "giảm",
  flat: "không đổi",
  legend:
    "Nến rỗng: đóng cửa cao hơn mở cửa; nến đặc: thấp hơn. Cột dưới: khối lượng, từ dưới lên là mua chủ động, bán chủ động, không rõ bên. Vạch đứt: sang ngày hoặc qua giờ nghỉ trưa, trục không chừa khoảng trống.",
  vwap: "VWAP trong ngày",
  ref: "TC",
  ceil: "Trần",
  floor: "Sàn",
  credit: "Biểu đồ dùng Lightweight Charts™ của TradingView, giấy phép Apache 2.0.",
  table: "Bảng số liệu: {count} nến gần nhất",
  time: "Lúc",
  open: "Mở",
  high: "Cao",
  low: "Thấp",
  close: "Đóng",
  volume: "KL",
  buy: "Mua chủ động",
  sell: "Bán chủ động",
};

/** Words of the chart of candles. */
export type PriceChartWords = Readonly<typeof VI>;

const EN: typeof VI = {
  title: "Price chart of {symbol}",
  interval: "Interval",
  intervals: {
    "1m": "1 minute",
    "3m": "3 minutes",
    "5m": "5 minutes",
    "15m": "15 minutes",
    "30m": "30 minutes",
    "1h": "1 hour",
    "1d": "1 day",
  },
  loading: "Reading price history…",
  away: "This server runs without a database: the chart is of the latest {count} trades only.",
  failed: "Price history cannot be read now: the chart is of the latest {count} trades only.",
  retry: "Try again",
  empty: "No candle yet; the chart appears with the first trade.",
  noLibrary: "The chart's library could not be loaded; the table below has the numbers.",
  noScript: "The chart needs JavaScript.",
  sentence:
    "{symbol}, candles of {interval}: {count} from {from} to {to}; low {min}, high {max}, last {last}, {trend} since the start.",
  rising: "up",
  falling: "down",
  flat: "unchanged",
  legend:
    "Hollow candle: closed above its open; filled: below. Columns: volume, from the bottom active buying, active selling, no side. Dashed upright: a new day or the lunch break, for which the axis leaves no gap.",
  vwap: "VWAP of the day",
  ref: "Ref",
  ceil: "Ceil",
  floor: "Floor",
  credit: "Drawn with Lightweight Charts™ by TradingView, Apache License 2.0.",
  table: "Data table: the latest {count} candles",
  time: "Time",
  open: "Open",
  high: "High",
  low: "Low",
  close: "Close",
  volume: "Vol",
  buy: "Active buy",
  sell: "Active sell",
};

export function priceChartWordsOf(lang: Lang): PriceChartWords {
  return lang === "vi" ? VI : EN;
}
