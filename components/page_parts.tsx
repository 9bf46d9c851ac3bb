import type { ComponentChildren, JSX } from "preact";
import type { FeedStatus } from "../core/wire/status.ts";
import { type Lang, LANGS, type Words } from "./i18n.ts";
import { type Theme, THEMES } from "./preferences.ts";

/** What keeps numbers from passing for those of the market now; empty for the real feed. */
export function originLabels(
  words: Words,
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

interface SwitchesProps {
  readonly words: Words;
  readonly lang: Lang;
  readonly theme: Theme;
}

interface PageHeaderProps extends SwitchesProps {
  readonly children?: ComponentChildren;
}

const LANG_NAMES: Readonly<Record<Lang, string>> = { vi: "Tiếng Việt", en: "English" };

/** Title of the board and the two switches. */
export function PageHeader({ words, lang, theme, children }: PageHeaderProps): JSX.Element {
  return (
    <header class="page-header">
      <h1>{words.title}</h1>
      {/* What the caption of the board says, for eyes only: it stands here where there is room. */}
      <p class="units" aria-hidden="true">
        {words.units} <span class="live-only">{words.boardHint}</span>
      </p>
      {children}
      <Switches words={words} lang={lang} theme={theme} />
    </header>
  );
}

/** Language and theme of a page; they are links, so they work without JavaScript too. */
export function Switches({ words, lang, theme }: SwitchesProps): JSX.Element {
  const themeNames = { dark: words.themeDark, light: words.themeLight };
  return (
    <>
      <nav class="switches" aria-label={words.language}>
        {LANGS.map((l) => (
          <a key={l} href={`?lang=${l}`} lang={l} aria-current={l === lang ? "true" : undefined}>
            <span class="long">{LANG_NAMES[l]}</span>
            <span class="short" aria-hidden="true">{l.toUpperCase()}</span>
          </a>
        ))}
      </nav>
      <nav class="switches" aria-label={words.theme}>
        {THEMES.map((t) => (
          <a key={t} href={`?theme=${t}`} aria-current={t === theme ? "true" : undefined}>
            {themeNames[t]}
          </a>
        ))}
      </nav>
    </>
  );
}

const PROGRAM_PATHS = ["/api/ws", "/api/market/snapshot", "/api/vn30-components", "/health"];

interface PageFooterProps {
  readonly words: Words;
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
