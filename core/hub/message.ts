/**
 * One text message on its way to any number of links. What an adapter makes of it (a frame, its
 * deflated form) is made once and kept with it.
 */
export class SharedMessage {
  /** The text as far as no other message ends with it. */
  readonly own: string;
  /** How the text goes on; messages to one client each, as greetings are, share what follows. */
  readonly rest: SharedMessage | null;
  #forms: Map<symbol, unknown> | null = null;

  constructor(own: string, rest: SharedMessage | null = null) {
    this.own = own;
    this.rest = rest;
  }

  get text(): string {
    return this.rest === null ? this.own : this.own + this.rest.text;
  }

  /** The form named by `key`, made by the first link that asks for it. */
  as<T>(key: symbol, make: (message: SharedMessage) => T): T {
    this.#forms ??= new Map();
    let form = this.#forms.get(key) as T | undefined;
    if (form === undefined) this.#forms.set(key, form = make(this));
    return form;
  }
}
