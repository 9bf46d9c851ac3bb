/** Measures how often sides are told right and writes docs/accuracy.md. */
import { measure, MEASURED } from "../simulation/accuracy.ts";
import { accuracyPage } from "../simulation/accuracy_page.ts";

const page = new URL("../../docs/accuracy.md", import.meta.url);
Deno.writeTextFileSync(page, accuracyPage(MEASURED.flatMap(measure)));
await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", page.pathname] }).output();
