import type { Lang } from "../i18n.ts";

const VI = {
  noPoints: "Chưa có điểm nào để vẽ; biểu đồ sẽ hiện khi phiên có giao dịch.",
  sentence: "{name}: thấp nhất {min}, cao nhất {max}, mới nhất {last}, {trend} so với lúc đầu.",
  rising: "tăng",
  falling: "giảm",
  flat: "không đổi",
  table: "Bảng số liệu",
  time: "Giờ",
};

/** Words of the text that stands beside each chart. */
export type ChartWords = Readonly<typeof VI>;

const EN: typeof VI = {
  noPoints: "Nothing to draw yet; the chart appears once the session trades.",
  sentence: "{name}: low {min}, high {max}, last {last}, {trend} since the start.",
  rising: "up",
  falling: "down",
  flat: "unchanged",
  table: "Data table",
  time: "Time",
};

export function chartWordsOf(lang: Lang): ChartWords {
  return lang === "vi" ? VI : EN;
}
