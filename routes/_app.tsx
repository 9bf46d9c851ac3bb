import { criticalCss } from "../components/critical_css.ts";
import { lookOf } from "../components/look.ts";
import css from "../components/shell/shell.css" with { type: "text" };
import { shellWordsOf } from "../components/shell/shell_words.ts";
import { define } from "../utils.ts";

const CRITICAL_CSS = criticalCss(css);
const THEME_COLOR = { dark: "#0b0f14", light: "#ffffff", contrast: "#000000" } as const;

export default define.page(function App({ Component, req }) {
  const { lang, theme, palette, density } = lookOf(req);
  const words = shellWordsOf(lang);
  return (
    <html lang={lang} data-theme={theme} data-palette={palette} data-density={density}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content={words.description} />
        <meta name="color-scheme" content={theme === "light" ? "light" : "dark"} />
        <meta name="theme-color" content={THEME_COLOR[theme]} />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="apple-touch-icon" href="/icon-192.png" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {/* Style sheets are part of the HTML, so that the first paint waits for nothing. */}
        <style>{CRITICAL_CSS}</style>
      </head>
      <body>
        <a class="skip" href="#main">{words.skipToContent}</a>
        <Component />
      </body>
    </html>
  );
});
