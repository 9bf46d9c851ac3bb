import * as z from "zod";

const minute = z.string().regex(/^\d{2}:\d{2}$/);

/** `GET /api/at/days`. */
export const RecordedDaysSchema = z.strictObject({
  days: z.array(
    z.strictObject({ date: z.iso.date(), first_minute: minute, last_minute: minute }),
  ),
});
