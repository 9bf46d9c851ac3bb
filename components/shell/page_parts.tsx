import type { JSX } from "preact";
import type { FeedStatus } from "../../core/wire/status.ts";
import type { ShellWords } from "./shell_words.ts";

/** What keeps numbers from passing for those of the market now; empty for the real feed. */
export function originLabels(
  words: ShellWords,
  { provider, replay }: Pick<FeedStatus, "provider" | "replay">,
): readonly { readonly name: string; readonly note: string }[] {
  const simulated = { name: words.simulatedRibbon, note: words.simulatedNote };
  const replayed = { name: words.replayRibbon, note: words.replayNote };
  return [...provider === "sim" ? [simulated] : [], ...replay ? [replayed] : []];
}

interface OriginRibbonProps {
  readonly labels: ReturnType<typeof originLabels>;
}

/** The band that says where numbers come from that are not those of the market now. */
export function OriginRibbon({ labels }: OriginRibbonProps): JSX.Element {
  return (
    <p class="ribbon" role="note">
      {labels.map(({ name, note }) => [
        <strong key={name}>{name}</strong>,
        " ",
        <span key={note}>{note}</span>,
        " ",
      ])}
    </p>
  );
}

const PROGRAM_PATHS = ["/api", "/api/ws", "/api/market/snapshot", "/health"];

interface PageFooterProps {
  readonly words: ShellWords;
  readonly feed: Pick<FeedStatus, "provider" | "replay">;
}

/** Legend of colours and marks, what the numbers are, and where programs read them. */
export function PageFooter({ words, feed }: PageFooterProps): JSX.Element {
  const tones = [
    ["ce", words.legendCe],
    ["up", words.legendUp],
    ["re", words.legendRe],
    ["dn", words.legendDn],
    ["fl", words.legendFl],
  ] as const;
  return (
    <footer class="page-footer">
      <h2>{words.legend}</h2>
      <ul class="legend">
        {tones.map(([tone, text]) => <li key={tone} class={`${tone} p`}>{text}</li>)}
        <li>{words.legendEst}</li>
        <li>{words.legendStatus}</li>
      </ul>
      <p>{words.about}</p>
      <p>
        {words.dataOf}: <b>{feed.provider === "sim" ? words.providerSim : words.providerSsi}</b>
        {feed.replay && ` · ${words.replayNote}`}
        {" · "}
        {words.forPrograms}:
        {PROGRAM_PATHS.map((path) => [" ", <a key={path} href={path}>{path}</a>])}
      </p>
    </footer>
  );
}
