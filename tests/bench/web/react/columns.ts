import type { LiveRowData } from "../../../../components/live/rows.ts";

/** What a cell shows, and the value that sorting and the direction of a flash go by. */
export interface Shown {
  readonly text: string;
  readonly tone: string;
  readonly key: number | string | null;
}

export interface BoardColumn {
  readonly name: string;
  readonly title: string;
  readonly show: (row: LiveRowData) => Shown;
}

const EMPTY: Shown = { text: "", tone: "", key: null };
const prices = new Intl.NumberFormat("vi-VN", { minimumFractionDigits: 2 });
const counts = new Intl.NumberFormat("vi-VN");
const billions = new Intl.NumberFormat("vi-VN", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const changes = new Intl.NumberFormat("vi-VN", {
  minimumFractionDigits: 2,
  signDisplay: "exceptZero",
});

function toneOf(price: number, row: LiveRowData): string {
  if (price === row.ceil) return "ce";
  if (price === row.floor) return "fl";
  const ref = row.ref as number;
  return price > ref ? "up" : price < ref ? "dn" : "re";
}

function numberAt(row: LiveRowData, field: string): number | null {
  const value = row[field];
  return typeof value === "number" && value !== 0 ? value : null;
}

function price(name: string, title: string): BoardColumn {
  return {
    name,
    title,
    show(row) {
      const value = numberAt(row, name);
      return value === null
        ? EMPTY
        : { text: prices.format(value / 1_000), tone: toneOf(value, row), key: value };
    },
  };
}

function count(name: string, title: string): BoardColumn {
  return {
    name,
    title,
    show(row) {
      const value = numberAt(row, name);
      return value === null ? EMPTY : { text: counts.format(value), tone: "", key: value };
    },
  };
}

function level(side: "a" | "b", n: number): BoardColumn[] {
  return [price(`${side}${n}p`, `Giá ${n}`), count(`${side}${n}v`, `KL ${n}`)];
}

function change(name: string, title: string, isPercent: boolean): BoardColumn {
  return {
    name,
    title,
    show(row) {
      const [last, ref] = [numberAt(row, "last"), numberAt(row, "ref")];
      if (last === null || ref === null) return EMPTY;
      const key = isPercent ? Math.round((last - ref) / ref * 10_000) / 100 : (last - ref) / 1_000;
      return { text: changes.format(key) + (isPercent ? "%" : ""), tone: toneOf(last, row), key };
    },
  };
}

/** The 28 columns of the board, in its order. */
export const COLUMNS: readonly BoardColumn[] = [
  {
    name: "symbol",
    title: "Mã",
    show: (row) => ({
      text: row.symbol,
      tone: typeof row.last === "number" ? toneOf(row.last, row) : "",
      key: row.symbol,
    }),
  },
  price("ceil", "Trần"),
  price("floor", "Sàn"),
  price("ref", "TC"),
  ...[3, 2, 1].flatMap((n) => level("b", n)),
  price("last", "Giá"),
  count("lastVol", "KL"),
  change("change", "+/-", false),
  change("percent", "%", true),
  ...[1, 2, 3].flatMap((n) => level("a", n)),
  count("vol", "Tổng KL"),
  {
    name: "val",
    title: "GT (tỷ)",
    show(row) {
      const value = numberAt(row, "val");
      return value === null ? EMPTY : { text: billions.format(value / 1e9), tone: "", key: value };
    },
  },
  price("high", "Cao"),
  price("avg", "TB"),
  price("low", "Thấp"),
  count("fBuy", "Mua"),
  count("fSell", "Bán"),
  count("room", "Room"),
];
