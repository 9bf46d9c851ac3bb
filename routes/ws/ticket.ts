import { answerTicket } from "../../core/gateway/ticket_answer.ts";
import { define } from "../../utils.ts";

/** A ticket that opens one socket, for clients that can only write an address. */
export const handler = define.handlers((ctx) => answerTicket(ctx));
