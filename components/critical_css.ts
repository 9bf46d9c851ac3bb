/** A style sheet as it stands in the HTML: for readers of the source it has comments and indentation. */
export function criticalCss(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1").replaceAll('"', "'");
}
