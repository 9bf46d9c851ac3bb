import type { ServerFrame } from "../../core/wire/frames.ts";
import { NINE_THIRTY_MS, ROWS } from "../core/hub/world.ts";
import { type ContractCase, ContractScript, framesOf } from "./contract_script.ts";

/** Streams of the hub itself, whole and damaged, and what a right client makes of each message. */
export function contractCases(): ContractCase[] {
  return [
    changes(),
    wideRows(),
    conflated(),
    lost(),
    again(),
    parts(),
    newEpoch(),
    foreignFrames(),
    behindTheMark(),
    log(),
    lostEntries(),
    logOfAnotherEpoch(),
  ];
}

function changes(): ContractCase {
  const script = new ContractScript("index");
  script.put("VN30", { name: "VN30", value: 1_912.34, prior: 1_900 });
  script.hear();
  script.put("VNINDEX", { name: "VNINDEX", value: 1_250.5 });
  script.put("VN30", { name: null, value: 1_913, prior: 1_900 });
  script.hear();
  return script.case("A snapshot, and changes of some cells; null takes a value away");
}

function wideRows(): ContractCase {
  const script = new ContractScript("board:vn30");
  // The last fields stand above bit 31.
  script.put("FPT", {
    exchange: "HOSE",
    ref: 99_700,
    last: 99_000,
    time: "10:00:07",
    cVn30: -0.42,
  });
  script.hear();
  script.put("VNM", { exchange: "HOSE", status: "H", session: "LO", cVnindex: 0.03 });
  script.hear();
  return script.case("Masks of more than 32 bits");
}

function conflated(): ContractCase {
  const script = new ContractScript("index");
  for (let value = 1; value <= 5; value++) script.put("VN30", { value });
  script.hear();
  return script.case("One delta over several seqs: p is far below s");
}

function lost(): ContractCase {
  const script = new ContractScript("index");
  script.put("VN30", { value: 1 });
  script.take();
  script.put("VN30", { value: 1, prior: 2 });
  for (const message of script.take()) script.hearInVain(message, true);
  script.resume();
  script.put("VN30", { value: 3, prior: 2 });
  script.hear();
  return script.case(
    "A message is lost: the next does not follow, and the client asks from what it holds",
  );
}

function again(): ContractCase {
  const script = new ContractScript("index");
  script.put("VN30", { value: 1 });
  const [first] = script.take();
  script.hear([first!]);
  script.put("VN30", { value: 2 });
  script.hear();
  script.hearInVain(first!, false);
  return script.case("A message comes a second time, late: nothing changes");
}

function parts(): ContractCase {
  const script = new ContractScript("board:vn30", inParts);
  const [, second] = script.shown.slice(-2);
  script.put("ACB", { last: 26_400 });
  script.hear();
  // Without the part before it, it says nothing.
  script.hearInVain(second!, true);
  script.resume();
  return script.case("A snapshot in parts holds once the last is there; a part alone is a loss");
}

/** Each snapshot in a message as two messages. */
function inParts(message: string): string[] {
  return framesOf(message).reduce<ServerFrame[][]>((messages, frame) => {
    if (frame.k !== "s") {
      messages.at(-1)!.push(frame);
      return messages;
    }
    const { y, v } = frame;
    const part = (i: number, from: number, to: number): ServerFrame => ({
      ...frame,
      i,
      n: 2,
      y: y.slice(from, to),
      v: v.map((column) => column.slice(from, to)),
    });
    messages.at(-1)!.push(part(0, 0, 2));
    return [...messages, [part(1, 2, y.length)]];
  }, [[]]).map((frames) => JSON.stringify(frames));
}

function newEpoch(): ContractCase {
  const script = new ContractScript("index");
  script.put("VN30", { value: 1 });
  script.hear();
  script.startEpoch("e2", { ...ROWS, index: ["VN30", "VNINDEX", "HNXINDEX"] });
  script.hear();
  script.put("HNXINDEX", { value: 2 });
  script.hear();
  script.startEpoch("e3", ROWS);
  script.take();
  script.put("VN30", { value: 3 });
  for (const message of script.take()) script.hearInVain(message, true);
  script.resume();
  return script.case(
    "A new epoch replaces everything; a delta of an epoch that is not held is a loss",
  );
}

function foreignFrames(): ContractCase {
  const script = new ContractScript("index");
  script.put("VN30", { value: 1 });
  script.hear();
  script.hearInVain(JSON.stringify({ k: "zz", c: "index", d: [1, 2, 3] }), false);
  script.hearInVain(JSON.stringify([]), false);
  const other = { k: "d", c: "foreign", e: "e1", p: 0, s: 99, t: null, d: [0, 1, 5] };
  script.hearInVain(JSON.stringify(other), false);
  script.put("VN30", { value: 2 });
  script.hear(
    script.take().map((message) => {
      const [first, ...rest] = framesOf(message);
      return JSON.stringify([{ ...first, later: "a word of a later version" }, ...rest]);
    }),
  );
  return script.case("Frames, channels and words that a client does not know are passed over");
}

function behindTheMark(): ContractCase {
  const script = new ContractScript("index");
  script.put("VN30", { value: 1 });
  script.hear();
  const beat = (e: string, ahead: number) =>
    JSON.stringify({ k: "h", t: NINE_THIRTY_MS, e, m: { index: script.holds!.s + ahead } });
  script.hearInVain(beat("e1", 0), false);
  script.put("VN30", { value: 2 });
  script.take();
  script.hearInVain(beat("e1", 1), true);
  script.resume();
  script.hearInVain(beat("e2", -2), true);
  return script.case(
    "A heartbeat of another epoch, or with a mark above what is held, tells of a loss",
  );
}

function log(): ContractCase {
  const script = new ContractScript("alerts");
  script.raise(2);
  const told = script.take();
  script.hear(told);
  script.raise(5);
  script.hear();
  for (const message of told) script.hearInVain(message, false);
  return script.case("A log: entries follow by number, and those held already are not taken again");
}

function lostEntries(): ContractCase {
  const script = new ContractScript("alerts");
  script.raise(2);
  script.hear();
  script.raise(3);
  script.take();
  script.raise(4);
  for (const message of script.take()) script.hearInVain(message, true);
  script.resume();
  return script.case("Entries of a log are lost, and asked for again");
}

function logOfAnotherEpoch(): ContractCase {
  const script = new ContractScript("alerts");
  script.raise(3);
  script.hear();
  script.startEpoch("e2", ROWS);
  script.raise(1);
  script.hear();
  return script.case("A log of another epoch replaces what was held");
}
