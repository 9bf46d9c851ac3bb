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
    if (!this.#forms.has(key)) this.#forms.set(key, make(this.text));
    return this.#forms.get(key) as T;
  }
}
