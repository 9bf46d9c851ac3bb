import type { JSX } from "preact";
import type { ProtocolWords } from "./words.ts";

interface StartProps {
  readonly words: ProtocolWords;
  /** Origin of the page, and the address of its sockets. */
  readonly origin: string;
  readonly socket: string;
  readonly needsToken: boolean;
}

/** Commands that read this very server. */
export function Start({ words, origin, socket, needsToken }: StartProps): JSX.Element {
  const token = needsToken ? '-H "Authorization: Bearer $TOKEN" ' : "";
  const auth = needsToken
    ? "ws.send(JSON.stringify({ op: 'auth', id: 0, token: TOKEN }));\n  "
    : "";
  const script = `const ws = new WebSocket("${socket}", "vnstock.v1.json");
ws.onopen = () => {
  ${auth}ws.send('{"op":"sub","id":1,"c":["index"]}');
};
ws.onmessage = ({ data }) => console.log(data);`;
  const programs = `deno run --allow-net docs/examples/watch_board.ts ${socket}
python3 docs/examples/watch_index.py ${origin}`;
  const commands = [
    [words.byStream, `curl -N ${token}${origin}/api/stream/index`],
    [words.byPolling, `curl ${token}'${origin}/api/channels?c=index,alerts'`],
    [words.byScript, script],
    [words.byProgram, programs],
  ] as const;
  return (
    <section>
      <h2 id="start">{words.start}</h2>
      <p>{words.startNote} {needsToken && words.startToken}</p>
      {commands.map(([about, command]) => [
        <p key={about}>{about}:</p>,
        <pre key={command} class="command" tabIndex={0}><code>{command}</code></pre>,
      ])}
    </section>
  );
}
