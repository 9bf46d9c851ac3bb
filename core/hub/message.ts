/**
 * One text message on its way to any number of links. What an adapter makes of it (a frame, its
 * deflated form) is made once and kept with it.
 */
export class SharedMessage {
  readonly text: string;
  readonly #forms = new Map<symbol, unknown>();

  constructor(text: string) {
    this.text = text;
  }

  /** The form named by `key`, made by the first link that asks for it. */
  as<T>(key: symbol, make: (text: string) => T): T {
    let form = this.#forms.get(key) as T | undefined;
    if (form === undefined) this.#forms.set(key, form = make(this.text));
    return form;
  }
}
