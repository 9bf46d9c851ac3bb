import { NO_QUERY } from "./answer.ts";
import {
  ALERTS_QUERY,
  BASIS_QUERY,
  BREADTH_QUERY,
  CONTRIBUTIONS_QUERY,
  FOREIGN_QUERY,
  INTRADAY_QUERY,
  SECURITIES_QUERY,
  SNAPSHOT_QUERY,
} from "./queries.ts";
import type { RestOperation } from "./rest_operation.ts";

const data = { group: "market", manner: "data" } as const;

/** Operations that answer with the market as it is, or was at the minute that `at` names. */
export const MARKET_OPERATIONS = {
  marketSnapshot: {
    ...data,
    path: "/api/market/snapshot",
    about: { vi: "cả thị trường", en: "the whole market" },
    gives: {
      vi:
        "giá, ba bước giá, khối ngoại theo mã, chỉ số và tương lai; giá bằng đồng (chỉ số, tương lai: điểm), khối lượng bằng cổ phiếu hoặc hợp đồng, giá trị bằng đồng",
      en:
        "prices, three levels, foreign flow by symbol, indices and futures; prices in VND (indices, futures: points), volumes in shares or contracts, values in VND",
    },
    query: SNAPSHOT_QUERY,
    body: ["MarketSnapshot"],
    sample: "/api/market/snapshot?symbols=FPT",
  },
  foreignDetail: {
    ...data,
    path: "/api/market/foreign-detail",
    about: { vi: "khối ngoại", en: "foreign flow" },
    gives: {
      vi:
        "tổng hợp, dẫn đầu, theo ngành và từng mã; khối lượng bằng cổ phiếu, giá trị bằng đồng, tốc độ cổ phiếu mỗi phút, gia tốc cổ phiếu mỗi phút bình phương",
      en:
        "summary, top movers, sectors and each symbol; volumes in shares, values in VND, speeds in shares a minute, accelerations in shares a minute squared",
    },
    query: FOREIGN_QUERY,
    body: ["ForeignDetail"],
    sample: "/api/market/foreign-detail?series=1m&top=3",
  },
  volumeStats: {
    ...data,
    path: "/api/market/volume-stats",
    about: { vi: "mua bán chủ động", en: "active volume" },
    gives: {
      vi:
        "theo mã, theo phiên và tổng; khối lượng bằng cổ phiếu hoặc hợp đồng, giá trị bằng đồng, buy_pct bằng phần trăm với khoảng chắc chắn; symbols hoặc scope, không cả hai",
      en:
        "by symbol, by part of the day and in sum; volumes in shares or contracts, values in VND, buy_pct in per cent with its certain range; symbols or scope, not both",
    },
    query: SECURITIES_QUERY,
    body: ["VolumeStats"],
    sample: "/api/market/volume-stats?symbols=FPT",
  },
  basisTrend: {
    ...data,
    path: "/api/market/basis-trend",
    about: { vi: "chênh lệch của tương lai", en: "basis of a future" },
    gives: {
      vi: "diễn biến những phút gần nhất bằng điểm, và hợp đồng lúc này",
      en: "its course over the last minutes in points, and the contract now",
    },
    query: BASIS_QUERY,
    body: ["DerivativesHistory"],
    statuses: [404],
    sample: "/api/market/basis-trend?contract=VN30F1M&minutes=30",
  },
  alerts: {
    ...data,
    path: "/api/market/alerts",
    about: { vi: "cảnh báo trong ngày", en: "alerts of the day" },
    gives: {
      vi: "mới nhất trước, kèm số đo, ngưỡng và lời giải thích; next_cursor dẫn tới các mục cũ hơn",
      en: "newest first, with what was measured, the threshold and why; next_cursor leads to older",
    },
    query: ALERTS_QUERY,
    body: ["AlertPage"],
    sample: "/api/market/alerts?limit=1",
  },
  indexIntraday: {
    ...data,
    path: "/api/market/index-intraday",
    about: { vi: "chỉ số trong ngày", en: "an index over the day" },
    gives: {
      vi: "diễn biến bằng điểm, tối đa 1.000 mốc; mỗi mốc là giá trị cuối của step_seconds giây",
      en: "its course in points, 1,000 at most; each is the last value of step_seconds",
    },
    query: INTRADAY_QUERY,
    body: ["IndexIntraday"],
    sample: "/api/market/index-intraday?index=VN30&minutes=30",
  },
  contributions: {
    ...data,
    path: "/api/market/contributions",
    about: { vi: "mã kéo và ghìm chỉ số", en: "what moved an index" },
    gives: {
      vi: "đóng góp của các mã bằng điểm, ước tính; residual là phần không giải thích được",
      en: "points by member, an estimate; residual is what they leave unexplained",
    },
    query: CONTRIBUTIONS_QUERY,
    body: ["Contributions"],
    sample: "/api/market/contributions?index=VN30&limit=3",
  },
  breadth: {
    ...data,
    path: "/api/market/breadth",
    about: { vi: "độ rộng trong ngày", en: "breadth over the day" },
    gives: {
      vi: "từng phút: chỉ số bằng điểm, số mã tăng, đứng, giảm, trần, sàn",
      en: "by the minute: the index in points, members up, unchanged, down, at ceiling, at floor",
    },
    query: BREADTH_QUERY,
    body: ["IndexBreadth"],
    sample: "/api/market/breadth?index=VN30",
  },
  auction: {
    ...data,
    path: "/api/market/auction",
    about: { vi: "phiên ATO và ATC", en: "opening and closing auctions" },
    gives: {
      vi: "VN30 dự kiến bằng điểm và giá dự kiến của từng mã bằng đồng, 5 giây một mốc",
      en: "VN30 as expected in points and expected prices of its members in VND, every 5 s",
    },
    query: NO_QUERY,
    body: ["AuctionPaths"],
    sample: "/api/market/auction",
  },
  limits: {
    ...data,
    path: "/api/market/limits",
    about: { vi: "mã ở giá trần, giá sàn", en: "securities at their price limits" },
    gives: {
      vi:
        "mã đang ở hoặc đã chạm trần, sàn hôm nay: dư mua trần, dư bán sàn, từ lúc nào, mấy lần chạm và rời; giá bằng đồng hoặc điểm, khối lượng bằng cổ phiếu hoặc hợp đồng, giá trị bằng đồng",
      en:
        "securities that stand or stood at a limit today: the queue there, since when, times reached and broken; prices in VND or points, volumes in shares or contracts, values in VND",
    },
    query: NO_QUERY,
    body: ["LimitStats"],
    sample: "/api/market/limits",
  },
  sparklines: {
    ...data,
    path: "/api/market/sparklines",
    about: { vi: "đường giá trong ngày", en: "price paths of the day" },
    gives: {
      vi:
        "giá mỗi 5 phút bằng đồng hoặc điểm; null trước lệnh khớp đầu tiên; symbols hoặc scope, không cả hai",
      en:
        "prices every 5 minutes in VND or points; null before the first trade; symbols or scope, not both",
    },
    query: SECURITIES_QUERY,
    body: ["Sparklines"],
    sample: "/api/market/sparklines?symbols=FPT,VNM",
  },
  session: {
    ...data,
    path: "/api/market/session",
    about: { vi: "phiên giao dịch", en: "the trading session" },
    gives: {
      vi: "pha của từng sàn, và giấy chứng nhận của phiên đã lưu gần nhất",
      en: "phase of each board, and the certificate of the newest archived session",
    },
    query: NO_QUERY,
    body: ["Session"],
    sample: "/api/market/session",
  },
  symbols: {
    ...data,
    path: "/api/symbols",
    about: { vi: "mọi mã chứng khoán", en: "every security" },
    gives: {
      vi: "mã, sàn và tên, cả tương lai",
      en: "symbol, exchange and names, futures included",
    },
    query: NO_QUERY,
    body: ["SymbolList"],
    sample: "/api/symbols",
  },
  vn30Components: {
    ...{ group: "market", manner: "json" } as const,
    path: "/api/vn30-components",
    about: { vi: "rổ VN30", en: "members of VN30" },
    gives: {
      vi: "các mã, và danh sách đến từ nguồn hay từ bản có ngày trong sản phẩm",
      en: "its symbols, and whether the list came from the feed or is the product's dated one",
    },
    query: NO_QUERY,
    body: ["Vn30Components"],
    sample: "/api/vn30-components",
  },
} as const satisfies Readonly<Record<string, RestOperation>>;
