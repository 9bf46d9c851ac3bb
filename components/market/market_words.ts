import type { Lang } from "../i18n.ts";

const VI = {
  indices: "Chỉ số chính",
  intraday: "Diễn biến trong phiên",
  prior: "Tham chiếu",
  matched: "Khớp lệnh",
  putThrough: "Thỏa thuận",
  breadthNow: "Độ rộng",
  breadthParts: {
    ce: "trần {n}",
    up: "tăng {n}",
    re: "đứng giá {n}",
    dn: "giảm {n}",
    fl: "sàn {n}",
  },
  breadth: "Độ rộng trong phiên: số mã tăng, đứng giá, giảm",
  advances: "Tăng",
  noChanges: "Đứng giá",
  declines: "Giảm",
  breadthOfMembers: "Đếm theo giá khớp của các mã trong rổ (trần tính cả vào tăng, sàn vào giảm).",
  breadthOfFeed: "Theo bộ đếm của nguồn dữ liệu, vì chưa biết danh sách mã của rổ.",
  chooseIndex: "Chọn chỉ số",
  contributions: "Đóng góp vào {index}, điểm",
  approximate:
    "Ước tính: tỷ trọng theo cổ phiếu niêm yết, vì nguồn không có tỷ lệ tự do chuyển nhượng.",
  contributionSum:
    "Cộng các mã {sum} · chỉ số theo giá khớp {change} · phần chưa giải thích {residual}",
  noContributions:
    "Chưa có đóng góp nào: cần khối lượng niêm yết và giá khớp đầu tiên trong phiên.",
  map: "Bản đồ VN30 theo ngành",
  mapNote:
    "Ô càng lớn thì giá trị khớp càng cao; màu theo giá: trần, tăng, tham chiếu, giảm, sàn. Ngành theo danh mục ngày {date}. Bấm vào ô để xem mã.",
  noMap: "Bản đồ hiện khi có giao dịch đầu tiên trong phiên.",
  symbol: "Mã",
  sector: "Ngành",
  otherSector: "Khác",
  turnover: "GT khớp (tỷ)",
  changePct: "%",
  auction: "Phiên định kỳ: VN30 dự kiến",
  auctionNames: { ato: "Mở cửa (ATO)", atc: "Đóng cửa (ATC)" },
  auctionNote:
    "Nếu phiên định kỳ kết thúc ngay lúc đó: tính từ giá dự khớp của từng mã (ước tính) và theo chỉ số dự kiến của nguồn.",
  implied: "Theo giá dự khớp",
  estimate: "Nguồn ước tính",
  auctionLast:
    "Lúc {time}: theo giá dự khớp {implied}, nguồn {estimate}, chênh {difference}; {members} mã có giá dự khớp.",
  noAuction:
    "Chưa có giá dự khớp. Định kỳ mở cửa của HOSE từ 09:00 đến 09:15, đóng cửa từ 14:30 đến 14:45.",
  expected: "Giá dự khớp của các mã VN30",
  expectedPrice: "Dự khớp",
  lowest: "Thấp nhất",
  highest: "Cao nhất",
  limits: {
    title: "Dư mua trần, dư bán sàn",
    ceiling: "Trần ",
    floor: "Sàn ",
    price: "Giá",
    since: "Từ lúc",
    left: "đã rời",
    queue: "Đang dư",
    queueValue: "GT dư (tỷ)",
    queueMax: "Dư lớn nhất",
    matched: "KL khớp tại giá",
    reached: "Lần chạm",
    broken: "Lần rời",
    minutes: "Phút ở giá",
    counts: "{ceiling} mã đang ở giá trần, {floor} mã đang ở giá sàn.",
    further: "Còn {n} mã nữa tại /api/market/limits.",
    none: "Chưa có mã nào chạm giá trần hay giá sàn trong phiên.",
    rule:
      "Ở trần: giá khớp gần nhất và giá mua tốt nhất đều là giá trần; ở sàn: giá khớp gần nhất và giá bán tốt nhất đều là giá sàn. Rời khi một trong hai không còn đúng. Chỉ tính thời gian khớp lệnh.",
  },
  allIndices: "Tất cả chỉ số",
  index: "Chỉ số",
  value: "Điểm",
  change: "+/-",
  putThroughShare: "TT/Tổng",
  notRenewed: "Biểu đồ chưa cập nhật được vì máy chủ không trả lời; trang đang tự hỏi lại.",
};

/** Words of the market page. */
export type MarketWords = Readonly<typeof VI>;

const EN: typeof VI = {
  indices: "Main indices",
  intraday: "Course of the day",
  prior: "Reference",
  matched: "Matched",
  putThrough: "Put-through",
  breadthNow: "Breadth",
  breadthParts: {
    ce: "ceiling {n}",
    up: "up {n}",
    re: "unchanged {n}",
    dn: "down {n}",
    fl: "floor {n}",
  },
  breadth: "Breadth over the day: symbols up, unchanged, down",
  advances: "Up",
  noChanges: "Unchanged",
  declines: "Down",
  breadthOfMembers:
    "Counted from the last prices of the members (those at the ceiling are up, at the floor down).",
  breadthOfFeed: "As the data source counts it, because the members of the index are not known.",
  chooseIndex: "Choose an index",
  contributions: "Contributions to {index}, points",
  approximate: "Approximate: weighted by listed shares, as the source has no free float.",
  contributionSum: "All members {sum} · index at matched prices {change} · unexplained {residual}",
  noContributions:
    "No contributions yet: they need listed shares and the first matched prices of the day.",
  map: "VN30 by sector",
  mapNote:
    "A larger tile traded for more; its colour is the price: ceiling, up, reference, down, floor. Sectors as listed on {date}. Press a tile for its symbol.",
  noMap: "The map appears with the first trade of the session.",
  symbol: "Symbol",
  sector: "Sector",
  otherSector: "Other",
  turnover: "Matched (B)",
  changePct: "%",
  auction: "Call auction: expected VN30",
  auctionNames: { ato: "Opening (ATO)", atc: "Closing (ATC)" },
  auctionNote:
    "If the auction ended at that moment: from the expected price of each member (an estimate), and as the source estimates the index.",
  implied: "From expected prices",
  estimate: "Source's estimate",
  auctionLast:
    "At {time}: from expected prices {implied}, source {estimate}, difference {difference}; {members} members have an expected price.",
  noAuction:
    "No expected prices yet. HOSE opens by auction from 09:00 to 09:15 and closes by auction from 14:30 to 14:45.",
  expected: "Expected prices of the VN30 members",
  expectedPrice: "Expected",
  lowest: "Lowest",
  highest: "Highest",
  limits: {
    title: "Queues at the ceiling and the floor",
    ceiling: "Ceiling ",
    floor: "Floor ",
    price: "Price",
    since: "Since",
    left: "left",
    queue: "Waiting",
    queueValue: "Value (B)",
    queueMax: "Largest",
    matched: "Matched there",
    reached: "Reached",
    broken: "Broken",
    minutes: "Minutes",
    counts: "{ceiling} at the ceiling now, {floor} at the floor.",
    further: "{n} more at /api/market/limits.",
    none: "No security has come to its ceiling or floor yet today.",
    rule:
      "At the ceiling: the last price and the best bid are both the ceiling; at the floor: the last price and the best ask are both the floor. It breaks when either ends. Only time of matching counts.",
  },
  allIndices: "All indices",
  index: "Index",
  value: "Points",
  change: "+/-",
  putThroughShare: "PT/total",
  notRenewed:
    "The charts could not be renewed because the server did not answer; the page keeps asking.",
};

export function marketWordsOf(lang: Lang): MarketWords {
  return lang === "vi" ? VI : EN;
}
