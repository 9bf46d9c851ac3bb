import { HttpError } from "fresh";
import { Head } from "fresh/runtime";
import { LANGS } from "../components/i18n.ts";
import { lookOf } from "../components/look.ts";
import { shellWordsOf } from "../components/shell/shell_words.ts";
import { define } from "../utils.ts";

type ErrorWord =
  | "notFoundTitle"
  | "notFoundText"
  | "badRequestTitle"
  | "badRequestText"
  | "failedTitle"
  | "failedText";

/** Title and sentence for a status, in both languages: the reader's own first. */
export default define.page(function ErrorPage({ error, req }) {
  const status = error instanceof HttpError ? error.status : 500;
  const [title, text] = wordsFor(status);
  const lang = lookOf(req).lang;
  const langs = [lang, ...LANGS.filter((other) => other !== lang)];
  return (
    <main id="main" class="message">
      <Head>
        <title>{`${status} ${shellWordsOf(lang)[title]}`}</title>
      </Head>
      {langs.map((l, at) => {
        const words = shellWordsOf(l);
        const Heading = at === 0 ? "h1" : "h2";
        return (
          <section key={l} lang={l}>
            <Heading>{at === 0 ? `${status} · ${words[title]}` : words[title]}</Heading>
            <p>{words[text]}</p>
            <p>
              <a href="/">{words.backToBoard}</a>
            </p>
          </section>
        );
      })}
    </main>
  );
});

function wordsFor(status: number): [title: ErrorWord, text: ErrorWord] {
  if (status === 404) return ["notFoundTitle", "notFoundText"];
  if (status < 500) return ["badRequestTitle", "badRequestText"];
  return ["failedTitle", "failedText"];
}
