import * as z from "zod";

/** `POST /ws/ticket`: a ticket, and its life in seconds. */
export const TicketSchema = z.strictObject({ ticket: z.string(), expires_in: z.int().min(1) });
