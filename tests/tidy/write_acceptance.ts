/** Writes into the acceptance page which tests name each row, and says which rows have nothing. */
import { acceptanceProblems, fillPage, PAGE } from "./acceptance.ts";
import { projectFiles, projectText } from "./project.ts";

const files = projectFiles();
const page = fillPage(projectText(PAGE), files);
Deno.writeTextFileSync(new URL(`../../${PAGE}`, import.meta.url), page);
await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", PAGE] }).output();
for (const problem of acceptanceProblems(page, files)) console.log(problem);
