/** One event of a stream, by the names of its fields. */
export type SentEvent = Readonly<Record<string, string>>;

/** Reads Server-Sent Events off a response. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  constructor({ body }: Response) {
    this.#reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event; null at the end of the stream. */
  async next(): Promise<SentEvent | null> {
    let end: number;
    while ((end = this.#text.indexOf("\n\n")) === -1) {
      const { value, done } = await this.#reader.read();
      if (done) return null;
      this.#text += value;
    }
    const lines = this.#text.slice(0, end).split("\n");
    this.#text = this.#text.slice(end + 2);
    return Object.fromEntries(lines.map((line) => {
      const [, name, value] = /^(\w+): (.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new Error(`Not a field of an event: ${line}`);
      }
      return [name, value];
    }));
  }

  /** The next event of a kind; those before it are forgotten. */
  async until(kind: string): Promise<SentEvent> {
    for (;;) {
      const event = await this.next();
      if (event === null) throw new Error(`Stream ended before an event ${kind}`);
      if (event.event === kind) return event;
    }
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
  }
}
