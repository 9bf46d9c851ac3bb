import type { JSX } from "preact";
import { useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { fill } from "../fill.ts";
import { type Findable, finder } from "./find.ts";
import type { KeyWords } from "./key_words.ts";

/** Results shown at once. */
const RESULTS_MAX = 12;

/** Something that the box finds, and what choosing it does. */
export interface Choice extends Findable {
  readonly key: string;
  /** What stands beside its name, such as that of the company. */
  readonly about?: string;
  /** What kind of thing it is, in words. */
  readonly kind: string;
  readonly act: () => void;
}

interface FindDialogProps {
  /** Text that was typed before the box was open. */
  readonly text: string;
  readonly choices: readonly Choice[];
  /** Whether the symbols of the market are missing. */
  readonly hasNoSymbols: boolean;
  readonly words: KeyWords;
  readonly onClose: () => void;
}

/** A box that finds symbols, pages and commands; arrows walk, Enter chooses, Esc closes. */
export function FindDialog(
  { text, choices, hasNoSymbols, words, onClose }: FindDialogProps,
): JSX.Element {
  const [typed, type] = useState(text);
  const [at, walk] = useState(0);
  const id = useId();
  const find = useMemo(() => finder(choices), [choices]);
  const found = find(typed, RESULTS_MAX);
  const chosen = useRef<Choice | null>(null);
  // While the box is open nothing else can have the focus, so it closes before the choice acts.
  const choose = (choice: Choice | undefined, { currentTarget }: Event) => {
    if (choice === undefined) return;
    chosen.current = choice;
    (currentTarget as Element).closest("dialog")!.close();
  };
  const close = () => {
    onClose();
    chosen.current?.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) walk((at + step + found.length) % found.length);
    else if (event.key === "Enter") choose(found[at], event);
    else return;
    event.preventDefault();
  };
  return (
    <Modal label={words.find} onClose={close}>
      <input
        class="field"
        role="combobox"
        aria-label={words.find}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={words.findHint}
        value={typed}
        onInput={(event) => {
          type(event.currentTarget.value);
          walk(0);
        }}
        onKeyDown={onKeyDown}
      />
      {hasNoSymbols && <p class="note">{words.noSymbols}</p>}
      <ul id={id} role="listbox" aria-label={words.results}>
        {found.map((choice, n) => (
          <li
            key={choice.key}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at}
            onClick={(event) => choose(choice, event)}
          >
            <b>{choice.name}</b> {choice.about && <span class="about">{choice.about}</span>}{" "}
            <span class="dim">{choice.kind}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="note">{fill(words.nothing, { text: typed })}</p>}
    </Modal>
  );
}

interface HelpDialogProps {
  readonly words: KeyWords;
  readonly onClose: () => void;
}

/** The keys of the product. */
export function HelpDialog({ words, onClose }: HelpDialogProps): JSX.Element {
  return (
    <Modal label={words.help} onClose={onClose}>
      <h2>{words.help}</h2>
      <dl>
        {words.keys.map(([keys, does]) => [
          <dt key={keys}>
            <kbd>{keys}</kbd>
          </dt>,
          <dd key={does}>{does}</dd>,
        ])}
      </dl>
      <button
        type="button"
        class="button"
        onClick={(event) => event.currentTarget.closest("dialog")!.close()}
      >
        {words.close}
      </button>
    </Modal>
  );
}

interface ModalProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: JSX.Element | (JSX.Element | false)[];
}

function Modal({ label, onClose, children }: ModalProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key: what is typed then belongs into the box.
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    // Typing goes on behind the letters that opened the box.
    const input = element.querySelector("input");
    input?.setSelectionRange(input.value.length, input.value.length);
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="keys"
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current!.close();
      }}
    >
      <div>{children}</div>
    </dialog>
  );
}
