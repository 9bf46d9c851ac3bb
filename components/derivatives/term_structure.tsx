import type { JSX } from "preact";
import { formatVnDate } from "../../core/market/time.ts";
import type { ChartWords } from "../charts/chart_words.ts";
import { type ChartLine, LineChart } from "../charts/line_chart.tsx";
import { fill } from "../fill.ts";
import type { NumberStyle } from "../number_format.ts";
import type { ContractView } from "./contracts.ts";
import type { DerivativeWords } from "./derivative_words.ts";
import { count, type Figure, futuresPoints, level, percent, points, price } from "./figures.ts";

interface TermChartProps {
  readonly contracts: readonly ContractView[];
  /** The one that the page is about; its index is the one drawn. */
  readonly chosen: ContractView;
  readonly words: DerivativeWords;
  readonly chartWords: ChartWords;
  readonly style: NumberStyle;
}

/** Prices by maturity as a line, beside the index and what each is worth. */
export function TermChart(
  { contracts, chosen, words, chartWords, style }: TermChartProps,
): JSX.Element {
  const family = contracts.filter(({ underlying }) => underlying === chosen.underlying);
  const days = family.map(({ days_left }) => days_left ?? 0);
  const longest = Math.max(1, ...days);
  const place = (contract: ContractView) => (contract.days_left ?? 0) / longest;
  const line = (
    key: string,
    name: string,
    tone: string,
    of: (c: ContractView) => number | null,
  ) => ({
    ...{ key, name, tone },
    points: family.flatMap((contract) => {
      const value = of(contract);
      return value === null ? [] : [{ at: place(contract), value, label: contract.alias }];
    }),
  } satisfies ChartLine);
  const { spot } = chosen;
  return (
    <section class="panel third">
      <h2>{words.terms}</h2>
      <LineChart
        title={words.terms}
        lines={[
          line("last", words.price, "accent", ({ last }) => last),
          line("fair", words.fair, "dim", ({ fair_value }) => fair_value),
        ]}
        guides={spot === null ? [] : [{
          key: "spot",
          name: fill(words.spot, { name: chosen.underlying ?? "" }),
          value: spot,
          tone: "re",
        }]}
        ticks={family.map((contract) => ({
          at: place(contract),
          // Near its expiry the first contract is close to the second.
          label: contract.alias.replace(/^VN(30|100)/, ""),
        }))}
        format={(value) => level(value, style)}
        words={chartWords}
      />
    </section>
  );
}

type ContractTableProps = Omit<TermChartProps, "chartWords">;

/** Every contract with its basis, fair value and calendar spread. */
export function ContractTable(
  { contracts, chosen, words, style }: ContractTableProps,
): JSX.Element {
  const heads = [
    ...[
      words.price,
      words.change,
      words.percent,
      words.basisShort,
      words.basisPercent,
      words.spread,
    ],
    ...[words.fair, words.richShort, words.carryShort, words.bid, words.ask, words.volume],
    ...[words.openInterest, words.expiry, words.days],
  ];
  return (
    <section class="panel">
      <div class="table-scroll" role="region" aria-label={words.contracts} tabIndex={0}>
        <table class="data">
          <caption>{words.termsCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.contracts}</th>
              {heads.map((head) => <th key={head} scope="col">{head}</th>)}
            </tr>
          </thead>
          <tbody>
            {contracts.map((contract) => (
              <tr
                key={contract.code}
                aria-current={contract.code === chosen.code ? "true" : undefined}
              >
                <th scope="row">
                  <a href={`?contract=${contract.code}`}>{contract.alias}</a>
                  {contract.alias !== contract.code && <small>{contract.code}</small>}
                </th>
                {cellsOf(contract, style).map(({ text, tone }, at) => (
                  <td key={heads[at]} class={tone === "" ? undefined : `${tone} p`}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function cellsOf(contract: ContractView, style: NumberStyle): Figure[] {
  const plain = (text: string): Figure => ({ text, tone: "" });
  const last = price(contract.last, contract, style);
  return [
    last,
    // They stand where the price does, at a limit too.
    { ...futuresPoints(contract.change, style), tone: last.tone },
    { ...percent(contract.change_pct, style), tone: last.tone },
    points(contract.basis, style),
    percent(contract.basis_pct, style),
    futuresPoints(contract.spread, style),
    plain(level(contract.fair_value, style)),
    points(contract.rich, style),
    plain(percent(contract.carry_pct, style).text),
    price(contract.bid, contract, style),
    price(contract.ask, contract, style),
    plain(count(contract.volume, style)),
    plain(count(contract.open_interest, style)),
    plain(contract.expiry === null ? "–" : formatVnDate(contract.expiry)),
    plain(count(contract.days_left, style)),
  ];
}
