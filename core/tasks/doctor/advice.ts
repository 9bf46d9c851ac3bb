/** What is found about one subject; `odd` works, but perhaps not as meant. */
export interface Advice {
  readonly verdict: "good" | "odd" | "bad";
  readonly subject: string;
  readonly text: string;
}
