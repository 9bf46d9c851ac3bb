import type { JSX } from "preact";
import type { Lang } from "../../../../components/i18n.ts";
import { Marked, Table } from "../../../../components/reference/table.tsx";
import { TABLES } from "../../../../core/wire/channel.ts";
import { CHANNEL_FORMS, CHANNEL_WORDS, FIELDS_OF } from "../../../../core/wire/channel_words.ts";
import { OPERATIONS } from "../../../../core/wire/client_schema.ts";
import { CLOSE_CODES, ERROR_CODES, RETURNS, type Told } from "../../../../core/wire/codes.ts";
import { fieldForms } from "../../../../core/wire/field_form.ts";
import { FRAME_WORDS } from "../../../../core/wire/frame_words.ts";
import { CLOSE } from "../../../../core/wire/frames.ts";
import { OPERATION_WORDS } from "../../../../core/wire/operation_words.ts";
import { PLAIN_WORDS } from "../../../../core/wire/plain_schema.ts";
import { FRAME_SCHEMAS } from "../../../../core/wire/server_schema.ts";
import { TRADE_FIELDS } from "../../../../core/wire/trade.ts";
import { Message } from "./message.tsx";
import type { ProtocolWords } from "./words.ts";

interface SectionProps {
  readonly words: ProtocolWords;
  readonly lang: Lang;
}

/** Where sockets, streams and frames are. */
export function Addresses({ words, lang, socket }: SectionProps & { readonly socket: string }) {
  const plain = Object.values(PLAIN_WORDS).map(({ address, about }) =>
    [address, `${words.plain}: ${about[lang]}`] as const
  );
  const rows = [
    [socket, words.allChannels],
    ...plain,
    ["/api/stream/{channel}?rate=…&syms=…", words.events],
    ["/api/channels?c=…&from=…&syms=…", words.frames],
    ["/ws/ticket", words.ticket],
  ] as const;
  return (
    <section>
      <h2 id="addresses">{words.addresses}</h2>
      <Table
        caption={words.addresses}
        heads={[words.address, words.gives]}
        rows={rows.map(([address, gives]) => [code(address), gives])}
      />
      <p>{words.token}</p>
    </section>
  );
}

/** What can be subscribed to, and the fields of each kind of row. */
export function Channels({ words, lang }: SectionProps): JSX.Element {
  const rows = CHANNEL_FORMS.map((form) => [code(form), CHANNEL_WORDS[form][lang]]);
  const fields = { ...TABLES, trades: TRADE_FIELDS };
  return (
    <section>
      <h2 id="channels">{words.channels}</h2>
      <Table caption={words.channels} heads={[words.channel, words.holds]} rows={rows} />
      <p>{words.fieldsOf}:</p>
      {Object.entries(FIELDS_OF).map(([table, channels]) => (
        <details key={table}>
          <summary>{code(channels)}</summary>
          <p class="fields">{code(fields[table as keyof typeof FIELDS_OF].join(" "))}</p>
        </details>
      ))}
    </section>
  );
}

/** What a client sends. */
export function Operations({ words, lang }: SectionProps): JSX.Element {
  const names = Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[];
  return (
    <section>
      <h2 id="operations">{words.operations}</h2>
      {names.map((name) => (
        <Message
          key={name}
          name={name}
          {...OPERATION_WORDS[name]}
          forms={fieldForms(OPERATIONS[name].schema)}
          lang={lang}
          words={words}
        />
      ))}
    </section>
  );
}

/** What the server sends, and how a client stays whole. */
export function Frames({ words, lang }: SectionProps): JSX.Element {
  const kinds = Object.keys(FRAME_SCHEMAS) as (keyof typeof FRAME_SCHEMAS)[];
  const { rule1, rule2, rule3, rule4, rule5, rule6 } = words;
  return (
    <section>
      <h2 id="frames">{words.sentFrames}</h2>
      <p>{words.framesNote}</p>
      {kinds.map((kind) => (
        <Message
          key={kind}
          name={kind}
          {...FRAME_WORDS[kind]}
          forms={fieldForms(FRAME_SCHEMAS[kind])}
          lang={lang}
          words={words}
        />
      ))}
      <h2 id="continuity">{words.continuity}</h2>
      <ol>
        {[rule1, rule2, rule3, rule4, rule5, rule6].map((rule) => <li key={rule}>{rule}</li>)}
      </ol>
    </section>
  );
}

/** What errors and closes say. */
export function Codes({ words, lang }: SectionProps): JSX.Element {
  const meaning = ({ about, isReserved }: { about: Told; isReserved?: true }) => (
    <Marked text={about[lang]} mark={isReserved ? words.reserved : null} />
  );
  const errors = Object.entries(ERROR_CODES).map(([name, told]) => [code(name), meaning(told)]);
  const names = Object.keys(CLOSE_CODES) as (keyof typeof CLOSE_CODES)[];
  const closes = names.map((name) => {
    const told = CLOSE_CODES[name];
    return [code(String(CLOSE[name])), meaning(told), RETURNS[told.back][lang]];
  });
  return (
    <section>
      <h2 id="errors">{words.errors}</h2>
      <Table caption={words.errors} heads={[words.code, words.meaning]} rows={errors} />
      <h2 id="closes">{words.closes}</h2>
      <Table
        caption={words.closes}
        heads={[words.code, words.meaning, words.comeBack]}
        rows={closes}
      />
    </section>
  );
}

interface LimitsProps extends SectionProps {
  readonly limits: readonly { readonly about: Told; readonly value: string }[];
}

/** What a client may use up. */
export function Limits({ words, lang, limits }: LimitsProps): JSX.Element {
  return (
    <section>
      <h2 id="limits">{words.limits}</h2>
      <Table
        caption={words.limits}
        heads={[words.limit, words.value]}
        rows={limits.map(({ about, value }) => [about[lang], value])}
      />
    </section>
  );
}

function code(text: string): JSX.Element {
  return <code>{text}</code>;
}
