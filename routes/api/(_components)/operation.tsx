import type { JSX } from "preact";
import { Marked, Table } from "../../../components/reference/table.tsx";
import type { RestWords } from "./words.ts";

/** A parameter as a row of its table. */
export interface ParameterView {
  readonly name: string;
  /** Language-free: `1–120`, `asc | desc`, `YYYY-MM-DD`. */
  readonly form: string;
  readonly about: string;
  readonly isRequired: boolean;
  readonly isHeader: boolean;
  readonly byDefault: string | null;
}

/** An operation in one language. */
export interface OperationView {
  readonly name: string;
  /** Method and path. */
  readonly head: string;
  readonly about: string;
  readonly gives: string;
  readonly parameters: readonly ParameterView[];
  readonly curl: string;
  readonly mediaTypes: readonly string[];
  /** Statuses of good answers, and of errors. */
  readonly good: string;
  readonly errors: readonly string[];
  /** JSON of an answer; null where none is shown. */
  readonly example: string | null;
}

interface OperationProps {
  readonly operation: OperationView;
  readonly words: RestWords;
}

/** One operation: what it gives and takes, a command that asks for it, and an answer. */
export function Operation({ operation, words }: OperationProps): JSX.Element {
  const { name, head, about, gives, parameters, curl, mediaTypes, example } = operation;
  return (
    <section id={name}>
      <h3>
        <code>{head}</code> {about}
      </h3>
      <p>{gives}</p>
      {parameters.length > 0 && (
        <Table
          caption={`${words.parameters}: ${head}`}
          heads={[words.parameter, words.form, words.meaning]}
          rows={parameters.map((parameter) => [
            <code key="name">{parameter.name}</code>,
            <code key="form">{parameter.form}</code>,
            <Marked key="about" text={parameter.about} mark={markOf(parameter, words)} />,
          ])}
        />
      )}
      <pre class="command" tabIndex={0}><code>{curl}</code></pre>
      <p class="fields">
        {words.answers}: <code>{operation.good}</code> {mediaTypes.join(", ")}; {words.errors}:{" "}
        {operation.errors.join(", ")}
      </p>
      {example !== null && (
        <details>
          <summary>{words.example}</summary>
          <pre><code>{example}</code></pre>
        </details>
      )}
    </section>
  );
}

function markOf(parameter: ParameterView, words: RestWords): string | null {
  const { isRequired, isHeader, byDefault } = parameter;
  if (isRequired) return words.required;
  if (isHeader) return words.inHeader;
  return byDefault === null ? null : `${words.byDefault} ${byDefault}`;
}
