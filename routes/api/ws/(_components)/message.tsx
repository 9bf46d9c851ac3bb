import type { JSX } from "preact";
import type { Lang } from "../../../../components/i18n.ts";
import { Marked, Table } from "../../../../components/reference/table.tsx";
import type { Told } from "../../../../core/wire/codes.ts";
import type { FieldForm } from "../../../../core/wire/field_form.ts";
import type { ProtocolWords } from "./words.ts";

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
      <Table
        caption={`${name}: ${about[lang]}`}
        heads={[words.field, words.form, words.meaning]}
        rows={rows}
      />
      {example !== null && <pre><code>{JSON.stringify(example)}</code></pre>}
    </section>
  );
}
