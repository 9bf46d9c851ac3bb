import assert from "node:assert/strict";
import {
  auctionEnd,
  type AuctionState,
  createAuctions,
  noteAuctionPhase,
  noteHiddenVolume,
  phaseOfMessage,
  placeLateTrade,
  placeTrade,
  tableEnd,
} from "../../../core/analytics/auction.ts";
import {
  type Exchange,
  MORNING_ONLY,
  type SessionCode,
  TIMETABLES,
} from "../../../core/market/phase.ts";
import { parseVnTime } from "../../../core/market/time.ts";

const trade = (session: SessionCode | null, time: string, exchange: Exchange | null = "HOSE") => {
  const secondOfDay = parseVnTime(time)!;
  return { phase: phaseOfMessage(session, exchange, secondOfDay), exchange, secondOfDay };
};

/** A symbol that was seen inside an auction. */
function after(auction: "ato" | "atc"): AuctionState {
  const state = createAuctions();
  noteAuctionPhase(state, auction);
  return state;
}

const ATO = { bucket: "ato", auction: true };
const ATC = { bucket: "atc", auction: true };
const CONTINUOUS = { bucket: "continuous", auction: false };
const PLO = { bucket: "plo", auction: false };
const OTHER = { bucket: "other", auction: false };

Deno.test("The print after the opening auction belongs to it, the next trade does not", () => {
  const state = after("ato");
  assert.deepEqual(placeTrade(state, trade("LO", "09:15:01")), ATO);
  assert.deepEqual(placeTrade(state, trade("LO", "09:15:01")), CONTINUOUS);
});

Deno.test("A first trade long after an opening auction without a match is continuous", () => {
  assert.deepEqual(placeTrade(after("ato"), trade("LO", "09:16:00")), CONTINUOUS);
  assert.deepEqual(placeTrade(after("ato"), trade("LO", "09:15:59")), ATO);
  assert.deepEqual(placeTrade(createAuctions(), trade("LO", "09:15:01")), CONTINUOUS);
});

Deno.test("Futures print their opening auction after 09:00", () => {
  assert.deepEqual(placeTrade(after("ato"), trade("LO", "09:00:03", "DERIVATIVES")), ATO);
  assert.deepEqual(placeTrade(after("ato"), trade("LO", "09:15:03", "DERIVATIVES")), CONTINUOUS);
});

Deno.test("The closing print under session C belongs to ATC (B-45)", () => {
  assert.deepEqual(placeTrade(after("atc"), trade("C", "14:45:00")), ATC);
  assert.deepEqual(placeTrade(after("atc"), trade("C", "14:45:00", "DERIVATIVES")), ATC);
});

Deno.test("The first increase after 14:45 is the closing print though the auction was not seen", () => {
  const state = createAuctions();
  assert.deepEqual(placeTrade(state, trade("C", "14:45:02")), ATC);
  assert.deepEqual(placeTrade(state, trade("C", "14:46:00")), OTHER);
});

Deno.test("On HNX the closing print comes first and PLO trades after it", () => {
  const state = after("atc");
  assert.deepEqual(placeTrade(state, trade("C", "14:45:01", "HNX")), ATC);
  assert.deepEqual(placeTrade(state, trade("C", "14:56:00", "HNX")), PLO);
  assert.deepEqual(placeTrade(after("atc"), trade("PLO", "14:56:00", "HNX")), PLO);
});

Deno.test("Put-through, break, halt and close are in no bucket of order matching (B-05)", () => {
  for (const session of ["PT", "BREAK", "H", "C"] as const) {
    assert.deepEqual(placeTrade(createAuctions(), trade(session, "10:00:00")), OTHER, session);
  }
  assert.deepEqual(placeTrade(createAuctions(), trade("C", "15:00:01", "UPCOM")), OTHER);
});

Deno.test("Volume that passed unseen holds the print of the auction before it", () => {
  const state = after("ato");
  noteHiddenVolume(state, "ato");
  assert.equal(state.ato, "running");
  noteHiddenVolume(state, "continuous");
  assert.deepEqual(placeTrade(state, trade("LO", "09:15:30")), CONTINUOUS);
  const closing = after("atc");
  noteHiddenVolume(closing, "closed");
  assert.deepEqual(placeTrade(closing, trade("C", "14:45:30")), OTHER);
});

Deno.test("A stray auction code after the print does not make the next trade a print", () => {
  const state = after("ato");
  placeTrade(state, trade("LO", "09:15:01"));
  noteAuctionPhase(state, "ato");
  assert.deepEqual(placeTrade(state, trade("LO", "09:15:02")), CONTINUOUS);
});

Deno.test("A match inside an auction's own session belongs to it, on any board", () => {
  for (const exchange of ["HOSE", "DERIVATIVES", null] as const) {
    assert.deepEqual(placeTrade(createAuctions(), trade("ATO", "09:14:59", exchange)), ATO);
    assert.deepEqual(placeTrade(createAuctions(), trade("ATC", "14:44:59", exchange)), ATC);
  }
});

Deno.test("A late trade is placed by its own session; in the opening minute it gets no side", () => {
  assert.deepEqual(placeLateTrade(trade("LO", "10:00:00")), CONTINUOUS);
  assert.deepEqual(placeLateTrade(trade("LO", "09:15:01")), { ...CONTINUOUS, auction: true });
  assert.deepEqual(placeLateTrade(trade("C", "14:45:00")), ATC);
  assert.deepEqual(placeLateTrade(trade("PLO", "14:56:00", "HNX")), PLO);
});

Deno.test("Without a session code the timetable decides, without a board nothing does", () => {
  assert.equal(phaseOfMessage(null, "HOSE", parseVnTime("10:00:00")!), "continuous");
  assert.equal(phaseOfMessage(null, null, parseVnTime("10:00:00")!), "closed");
  assert.deepEqual(placeTrade(createAuctions(), trade(null, "10:00:00", null)), OTHER);
});

Deno.test("A snapshot from before an auction, heard while it runs, does not hold its print", () => {
  const closing = after("atc");
  for (const before of ["ato", "continuous", "lunch"] as const) noteHiddenVolume(closing, before);
  assert.deepEqual(placeTrade(closing, trade("C", "14:45:00")), ATC);
  const opening = after("ato");
  noteHiddenVolume(opening, "pre-open");
  assert.deepEqual(placeTrade(opening, trade("LO", "09:15:00")), ATO);
});

Deno.test("An auction ended between the last word inside and the first outside, by the timetable if it can be", () => {
  const second = (time: string) => parseVnTime(time)!;
  const end = (inside: string, outside: string) =>
    auctionEnd(second("14:45:00"), second(inside), second(outside));
  assert.equal(end("14:44:59", "14:45:00"), second("14:45:00"));
  assert.equal(end("14:30:00", "15:10:00"), second("14:45:00"));
  assert.equal(end("14:48:59", "14:49:00"), second("14:48:59"));
  assert.equal(end("14:39:59", "14:40:00"), second("14:40:00"));
  // A word from a clock far ahead is not after the first word outside.
  assert.equal(end("23:59:59", "14:45:00"), second("14:45:00"));
});

Deno.test("What the feed told of an auction's end goes before the timetable", () => {
  const ends = { ato: parseVnTime("09:19:00")!, atc: null };
  const board = { phase: "continuous", saidMs: 0, ends } as const;
  assert.deepEqual(placeTrade(after("ato"), { ...trade("LO", "09:19:30"), board }), ATO);
  assert.deepEqual(placeTrade(after("ato"), { ...trade("LO", "09:20:00"), board }), CONTINUOUS);
  assert.deepEqual(placeLateTrade({ ...trade("LO", "09:15:30"), board }), CONTINUOUS);
});

Deno.test("A board without an auction has no end of it, on half days neither", () => {
  for (const tables of [TIMETABLES, MORNING_ONLY]) {
    assert.equal(tableEnd("UPCOM", "atc", tables), Infinity);
    assert.equal(tableEnd("HNX", "ato", tables), Infinity);
  }
  assert.equal(tableEnd("HOSE", "atc", MORNING_ONLY), parseVnTime("11:30:00"));
});
