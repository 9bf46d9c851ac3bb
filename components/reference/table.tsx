import type { ComponentChildren, JSX } from "preact";

interface TableProps {
  /** The heading above says it to the eye, so the caption is read out alone. */
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** A table whose rows are named by their first cell; it scrolls by itself where it is too wide. */
export function Table({ caption, heads, rows }: TableProps): JSX.Element {
  return (
    <div class="scroll">
      <table>
        <caption>{caption}</caption>
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
