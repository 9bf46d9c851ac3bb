import type { Told } from "../wire/codes.ts";
import { PROBLEM_CODES } from "../wire/problem_words.ts";
import { answersOf, HEADERS } from "./rest_answers.ts";
import { REST_BURST, REST_PER_SECOND } from "./rate_limit.ts";
import type { Json } from "./json_schema.ts";
import { exampleOf } from "./rest_examples.ts";
import { type GroupName, GROUPS, methodOf, type RestOperation } from "./rest_operation.ts";
import { REST_OPERATIONS } from "./rest_operations.ts";
import { parametersOf, type RestParameter } from "./rest_parameters.ts";

interface PageFacts {
  readonly lang: keyof Told;
  readonly origin: string;
  readonly needsToken: boolean;
}

/** The page's groups of operations, in one language. */
export function restGroups(facts: PageFacts) {
  const operations: readonly (readonly [string, RestOperation])[] = Object.entries(REST_OPERATIONS);
  return (Object.keys(GROUPS) as GroupName[]).map((group) => ({
    group,
    title: GROUPS[group][facts.lang],
    operations: operations.filter(([, operation]) => operation.group === group)
      .map(([name, operation]) => operationView(name, operation, facts)),
  }));
}

/** What the page tells of all answers, in one language. */
export function restCommon(lang: keyof Told) {
  const inLang = (words: Readonly<Record<string, Told>>) =>
    Object.entries(words).map(([name, told]) => [name, told[lang]] as const);
  return {
    headers: inLang(HEADERS),
    problems: inLang(PROBLEM_CODES),
    rate: `${REST_PER_SECOND} (${REST_BURST})`,
  };
}

function operationView(name: string, operation: RestOperation, facts: PageFacts) {
  const { lang } = facts;
  const { mediaTypes, errors, isTagged } = answersOf(operation);
  const example = exampleOf(name);
  return {
    name,
    head: `${methodOf(operation).toUpperCase()} ${operation.path}`,
    about: operation.about[lang],
    gives: sentence(operation.gives[lang]),
    parameters: parametersOf(operation).map((parameter) => parameterView(parameter, lang)),
    curl: curlOf(operation, facts),
    mediaTypes,
    good: isTagged ? "200, 304" : "200",
    errors: errors.map(String),
    example: example === null ? null : exampleText(example),
  };
}

function parameterView(parameter: RestParameter, lang: keyof Told) {
  const { name, place, about, isRequired, schema } = parameter;
  return {
    name,
    form: formOf(parameter),
    about: about[lang],
    isRequired,
    isHeader: place === "header",
    byDefault: schema.default === undefined ? null : String(schema.default),
  };
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** JSON with a line for each object or list of plain values: a row reads like one. */
function exampleText(value: Json, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const isPlain = entries.every(([, each]) => typeof each !== "object" || each === null);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const inner = isPlain ? "" : `${indent}  `;
  const parts = entries.map(([name, each]) =>
    `${inner}${isList ? "" : `"${name}": `}${exampleText(each, inner)}`
  );
  return isPlain
    ? `${open}${parts.join(", ")}${close}`
    : `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

/** What a value looks like, in no language. */
function formOf({ schema: { enum: values, minimum, maximum }, sample }: RestParameter): string {
  if (sample !== null) return sample;
  if (Array.isArray(values)) return values.join(" | ");
  return maximum === undefined ? `≥ ${minimum}` : `${minimum}–${maximum}`;
}

function curlOf(operation: RestOperation, { origin, needsToken }: PageFacts): string {
  const { manner, sample } = operation;
  const parts = [
    "curl",
    ...(manner === "events" ? ["-N"] : []),
    ...(methodOf(operation) === "post" ? ["-X POST"] : []),
    ...(needsToken && answersOf(operation).isGuarded ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    sample.includes("?") ? `'${origin}${sample}'` : `${origin}${sample}`,
  ];
  return parts.join(" ");
}
