import type { JSX } from "preact";
import { Table } from "../../../components/reference/table.tsx";
import type { RestWords } from "./words.ts";

type Rows = readonly (readonly [name: string, about: string])[];

interface CommonProps {
  readonly words: RestWords;
  readonly headers: Rows;
  readonly problems: Rows;
  /** Requests a second, and those at once. */
  readonly rate: string;
}

/** What every answer has: fields, headers, errors. */
export function Common({ words, headers, problems, rate }: CommonProps): JSX.Element {
  const fields = [
    ["as_of", words.asOf],
    ["seq", words.seq],
    ["epoch", words.epoch],
    ["data_status", words.dataStatus],
  ] as const;
  return (
    <section>
      <h2 id="common">{words.envelope}</h2>
      <p>{words.envelopeNote}</p>
      <Table caption={words.envelope} heads={[words.field, words.meaning]} rows={named(fields)} />
      <h2 id="headers">{words.headers}</h2>
      <Table caption={words.headers} heads={[words.header, words.meaning]} rows={named(headers)} />
      <p>{words.limit} {rate}.</p>
      <h2 id="problems">{words.problems}</h2>
      <p>{words.problemsNote}</p>
      <Table caption={words.problems} heads={[words.code, words.meaning]} rows={named(problems)} />
    </section>
  );
}

function named(rows: Rows) {
  return rows.map(([name, about]) => [code(name), about]);
}

function code(text: string): JSX.Element {
  return <code>{text}</code>;
}
