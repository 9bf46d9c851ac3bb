/** A longer line is cut into several. */
const LINE_CHARS_MAX = 8_192;

/** Reads a stream to its end and hands on its lines; an empty one is passed over. */
export async function readLines(
  stream: ReadableStream<Uint8Array>,
  onLine: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  const take = (line: string) => {
    if (line !== "") onLine(line);
  };
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) take(line);
    for (; rest.length > LINE_CHARS_MAX; rest = rest.slice(LINE_CHARS_MAX)) {
      take(rest.slice(0, LINE_CHARS_MAX));
    }
  }
  take(rest);
}
