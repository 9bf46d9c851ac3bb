import type { JSX } from "preact";
import { fill } from "../fill.ts";
import type { Level, StatusItem } from "./status_item.ts";
import type { StatusGroup } from "./status_items.ts";
import type { StatusWords } from "./status_words.ts";

/** Never colour alone. */
const SIGNS: Readonly<Record<Level, string>> = { ok: "✓", note: "·", warn: "!", bad: "✕" };

interface StatusViewProps {
  readonly groups: readonly StatusGroup[];
  readonly words: StatusWords;
}

/** Every part of the server, what is wrong first. */
export function StatusView({ groups, words }: StatusViewProps): JSX.Element {
  const troubles = groups.flatMap(({ name, items }) =>
    items.filter(({ level }) => level === "warn" || level === "bad")
      .map((item) => `${words.groups[name]}: ${item.name}`)
  );
  return (
    <>
      <p class="system-summary" role="status">
        <strong data-level={troubles.length === 0 ? "ok" : "warn"}>
          {troubles.length === 0
            ? `${SIGNS.ok} ${words.allGood}`
            : `${SIGNS.warn} ${
              fill(words.troubles, { n: troubles.length, names: troubles.join("; ") })
            }`}
        </strong>
      </p>
      <div class="panels">
        {groups.map((group) => <GroupPanel key={group.name} group={group} words={words} />)}
      </div>
    </>
  );
}

function GroupPanel(
  { group, words }: { readonly group: StatusGroup; readonly words: StatusWords },
) {
  return (
    <section class="panel half system" id={`system-${group.name}`}>
      <h2>{words.groups[group.name]}</h2>
      <table class="data">
        <caption class="unseen">{words.groups[group.name]}</caption>
        <thead class="unseen">
          <tr>
            <th scope="col">{words.item}</th>
            <th scope="col">{words.value}</th>
            <th scope="col">{words.level}</th>
          </tr>
        </thead>
        <tbody>
          {group.items.map((item) => <ItemRow key={item.name} item={item} words={words} />)}
        </tbody>
      </table>
    </section>
  );
}

function ItemRow({ item, words }: { readonly item: StatusItem; readonly words: StatusWords }) {
  const { name, value, level, help, reason } = item;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {value}
        {help !== undefined && <small>{help}</small>}
        {reason !== undefined && reason !== null && (
          <small>
            {words.reason}: <span lang="en">{reason}</span>
          </small>
        )}
      </td>
      <td data-level={level}>
        <span aria-hidden="true">{SIGNS[level]}</span> {words.levels[level]}
      </td>
    </tr>
  );
}
