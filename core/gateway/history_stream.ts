/** What a stream is made of and what it tells. */
export interface TextSource {
  /** The next piece of text; "" at the end. Throws when there is no way on. */
  next(): Promise<string>;
  /** Called once nothing is at work any more, with why the end was not reached or null when it was. */
  ended(cut: string | null): void;
  /** A client that takes nothing for so long loses its stream. */
  readonly stallMsMax: number;
}

/**
 * A body that is read piece by piece as the client takes it. Nothing is read ahead, and nothing more
 * once the client is gone. What fails midway cuts the connection, so that the client knows.
 */
export function textStream({ next, ended, stallMsMax }: TextSource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: Promise<string> = Promise.resolve("");
  let isLeft = false;
  let isOver = false;
  const end = (cut: string | null) => {
    clearTimeout(timer);
    if (!isOver) ended(cut);
    isOver = true;
  };
  return new ReadableStream<Uint8Array>({
    start: watch,
    async pull(controller) {
      clearTimeout(timer);
      try {
        const text = await (reading = next());
        if (isLeft) return;
        if (text === "") {
          end(null);
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(text));
        watch(controller);
      } catch (error) {
        end(error instanceof Error ? error.message : String(error));
        throw error;
      }
    },
    async cancel() {
      isLeft = true;
      clearTimeout(timer);
      // What is being read is still at work; whatever becomes of it, nobody wants it any more.
      await Promise.allSettled([reading]);
      end("the client left");
    },
  }, { highWaterMark: 0 });

  function watch(controller: ReadableStreamDefaultController<Uint8Array>): void {
    timer = setTimeout(() => {
      const why = `nothing was read for ${stallMsMax} ms`;
      end(why);
      controller.error(new Error(why));
    }, stallMsMax);
  }
}
