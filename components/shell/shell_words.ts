import type { Lang } from "../i18n.ts";

const VI = {
  description:
    "Bảng giá, chỉ số, khối ngoại, phái sinh và tín hiệu của thị trường chứng khoán Việt Nam, trực tiếp, theo giờ Việt Nam.",
  skipToContent: "Tới nội dung chính",
  simulatedRibbon: "MÔ PHỎNG / SIMULATED",
  simulatedNote: "Số liệu do sàn mô phỏng sinh ra, không phải giá thật.",
  replayRibbon: "PHÁT LẠI / REPLAY",
  replayNote: "Phiên đã ghi được phát lại, không phải thị trường lúc này.",
  noScript:
    "Trình duyệt đang tắt JavaScript: đây là ảnh chụp tại thời điểm ghi bên trên. Tải lại trang để cập nhật.",
  language: "Ngôn ngữ",
  theme: "Giao diện",
  legend: "Chú giải",
  legendCe: "trần",
  legendUp: "tăng",
  legendRe: "tham chiếu",
  legendDn: "giảm",
  legendFl: "sàn",
  legendEst: "* giá dự khớp của phiên ATO/ATC đang chạy",
  legendStatus: "(mã) sau tên: trạng thái giao dịch do sàn công bố, ví dụ H là tạm ngừng",
  about:
    "Bảng giá đọc luồng dữ liệu của SSI FastConnect, chỉ để xem, không phải khuyến nghị đầu tư. Mọi giờ là giờ Việt Nam (UTC+7).",
  dataOf: "Nguồn số liệu",
  providerSsi: "SSI FastConnect Data",
  providerSim: "Sàn mô phỏng (không phải giá thật)",
  forPrograms: "Cho chương trình",
  notFoundTitle: "Không có trang này",
  notFoundText: "Địa chỉ vừa mở không tồn tại.",
  badRequestTitle: "Yêu cầu không hợp lệ",
  badRequestText: "Địa chỉ chứa tham số mà trang này không hiểu.",
  failedTitle: "Máy chủ gặp lỗi",
  failedText: "Trang chưa dựng được. Hãy thử tải lại sau ít giây.",
  backToBoard: "Về bảng giá",
  pages: {
    board: "Bảng giá",
    market: "Thị trường",
    foreign: "Khối ngoại",
    volume: "Khối lượng",
    derivatives: "Phái sinh",
    signals: "Tín hiệu",
    status: "Hệ thống",
  },
  navigation: "Các trang",
  look: "Giao diện",
  wrongChoice:
    "Không có lựa chọn này cho “{name}”, đang dùng giá trị mặc định. Có thể chọn: {wanted}.",
  palette: "Màu giá",
  density: "Mật độ",
  unit: "Đơn vị giá",
  choices: {
    lang: { vi: "Tiếng Việt", en: "English" },
    theme: { dark: "Tối", light: "Sáng", contrast: "Tương phản cao" },
    palette: { vn: "Việt Nam", cvd: "Cho người mù màu", east: "Đông Á (đỏ là tăng)" },
    density: { roomy: "Thoáng", medium: "Vừa", compact: "Dày" },
    unit: { thousand: "1.000 đồng", vnd: "Đồng" },
  },
};

/** Words around every page. */
export type ShellWords = Readonly<typeof VI>;

const EN: typeof VI = {
  description:
    "Price board, indices, foreign flow, derivatives and signals of the Vietnamese stock market, live, in Viet Nam time.",
  skipToContent: "Skip to the content",
  simulatedRibbon: "MÔ PHỎNG / SIMULATED",
  simulatedNote: "Numbers come from a simulated exchange; they are not real prices.",
  replayRibbon: "PHÁT LẠI / REPLAY",
  replayNote: "A recorded session is played again; it is not the market now.",
  noScript:
    "JavaScript is off: this is a picture taken at the time shown above. Reload the page for newer numbers.",
  language: "Language",
  theme: "Theme",
  legend: "Legend",
  legendCe: "ceiling",
  legendUp: "up",
  legendRe: "reference",
  legendDn: "down",
  legendFl: "floor",
  legendEst: "* expected price of the ATO/ATC call auction under way",
  legendStatus: "(code) after a symbol: its trading status as the exchange states it, H is halted",
  about:
    "The board reads the SSI FastConnect stream. For viewing only; not investment advice. All times are Viet Nam time (UTC+7).",
  dataOf: "Data",
  providerSsi: "SSI FastConnect Data",
  providerSim: "Simulated exchange (not real prices)",
  forPrograms: "For programs",
  notFoundTitle: "No such page",
  notFoundText: "The address you opened does not exist.",
  badRequestTitle: "Bad request",
  badRequestText: "The address holds a parameter that this page does not know.",
  failedTitle: "The server failed",
  failedText: "The page could not be built. Please reload in a few seconds.",
  backToBoard: "To the price board",
  pages: {
    board: "Price board",
    market: "Market",
    foreign: "Foreign flow",
    volume: "Volume",
    derivatives: "Derivatives",
    signals: "Signals",
    status: "Status",
  },
  navigation: "Pages",
  look: "Look",
  wrongChoice: "There is no such choice for “{name}”; the default is used. Choices: {wanted}.",
  palette: "Price colours",
  density: "Density",
  unit: "Price unit",
  choices: {
    lang: { vi: "Tiếng Việt", en: "English" },
    theme: { dark: "Dark", light: "Light", contrast: "High contrast" },
    palette: { vn: "Vietnam", cvd: "Colour-blind", east: "East Asia (red is up)" },
    density: { roomy: "Roomy", medium: "Medium", compact: "Compact" },
    unit: { thousand: "1,000 VND", vnd: "VND" },
  },
};

export function shellWordsOf(lang: Lang): ShellWords {
  return lang === "vi" ? VI : EN;
}
