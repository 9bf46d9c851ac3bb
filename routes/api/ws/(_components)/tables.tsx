import type { ComponentChildren, JSX } from "preact";
import type { Lang } from "../../../../components/i18n.ts";
import type { Told } from "../../../../core/wire/codes.ts";
import type { FieldForm } from "../../../../core/wire/field_form.ts";
import type { ProtocolWords } from "./words.ts";

interface TableProps {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** A table whose rows are named by their first cell; it scrolls by itself where it is too wide. */
export function Table({ heads, rows }: TableProps): JSX.Element {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => <td key={at}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A text and, small behind it, what it is to be taken with. */
export function Marked({ text, mark }: { readonly text: string; readonly mark: string | null }) {
  return (
    <>
      {text}
      {mark !== null && <small>{mark}</small>}
    </>
  );
}

interface MessageProps {
  readonly name: string;
  readonly about: Told;
  readonly forms: readonly FieldForm[];
  readonly fields: Readonly<Record<string, Told>>;
  readonly example: unknown;
  readonly lang: Lang;
  readonly words: ProtocolWords;
}

/** A frame or an operation: what it says, its fields, and one as it is sent. */
export function Message(props: MessageProps): JSX.Element {
  const { name, about, forms, fields, example, lang, words } = props;
  const rows = forms.flatMap(({ name, form, isOptional }) => {
    const told = fields[name];
    if (told === undefined) return [];
    const meaning = <Marked text={told[lang]} mark={isOptional ? words.optional : null} />;
    return [[<code key="name">{name}</code>, <code key="form">{form}</code>, meaning]];
  });
  return (
    <section id={`m-${name}`}>
      <h3>
        <code>{name}</code> {about[lang]}
      </h3>
      <Table heads={[words.field, words.form, words.meaning]} rows={rows} />
      {example !== null && <pre><code>{JSON.stringify(example)}</code></pre>}
    </section>
  );
}
