import css from "../components/board.css" with { type: "text" };
import { wordsOf } from "../components/i18n.ts";
import { langOf, themeOf } from "../components/preferences.ts";
import { define } from "../utils.ts";

/** For readers of the source there are comments and indentation; double quotes would be escaped. */
const CRITICAL_CSS = css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s+/g, " ")
  .replace(/ ?([{};,]) ?/g, "$1").replaceAll('"', "'");

const THEME_COLOR = { dark: "#0b0f14", light: "#ffffff" } as const;

export default define.page(function App({ Component, req }) {
  const lang = langOf(req);
  const theme = themeOf(req);
  const words = wordsOf(lang);
  return (
    <html lang={lang} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content={words.description} />
        <meta name="color-scheme" content={theme} />
        <meta name="theme-color" content={THEME_COLOR[theme]} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {/* The one style sheet is part of the HTML, so that the first paint waits for nothing. */}
        <style>{CRITICAL_CSS}</style>
      </head>
      <body>
        <a class="skip" href="#main">{words.skipToContent}</a>
        <Component />
      </body>
    </html>
  );
});
