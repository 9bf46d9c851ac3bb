/** A chapter of a page that a bench writes. */
export function section(title: string, text: string): string {
  return `## ${title}\n\n${text}\n`;
}

/** A table; `deno fmt` aligns it later. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
