import * as z from "zod";
import { CALENDAR_LANGUAGES } from "../market/calendar_file.ts";

/** What may be asked of the calendar. */
export const CALENDAR_QUERY = z.strictObject({
  lang: z.enum(CALENDAR_LANGUAGES, `one of ${CALENDAR_LANGUAGES.join(", ")}`).default("vi"),
});
