import * as z from "zod";
import type { Problem, ProblemCode } from "./problem.ts";
import { PROBLEM_CODES } from "./problem_words.ts";

const CODES = Object.keys(PROBLEM_CODES) as [ProblemCode, ...ProblemCode[]];

/** Every error answer of REST, `application/problem+json`. */
export const ProblemSchema = z.strictObject({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.enum(CODES),
  detail: z.string(),
  parameter: z.string().optional(),
  wanted: z.string().optional(),
  reason: z.enum(["off", "starting", "no-day", "future", "busy", "failed"]).optional(),
  request_id: z.uuid(),
}) satisfies z.ZodType<Problem>;
