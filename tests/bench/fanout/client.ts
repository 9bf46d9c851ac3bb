/**
 * The load client where there is no compiler: the same lines in and out as client.c, but dearer, so
 * that servers look alike. It does not look into messages: what a round waits for is a message of
 * the least size on every socket.
 */
import { Buffer } from "node:buffer";
import { askUpgrade, sendText, UPGRADED } from "./raw_socket.ts";

const OPENING_MAX = 100;
const QUIET_MS = 300;
const ROUND_MS_MAX = 20_000;
const FIRST_STAMP = 1_785_724_200_000;

const [port, count, path, headers, first] = Deno.args as [string, string, string, string, string];
const clients = Number(count);
const sockets: Deno.TcpConn[] = [];
const run = { bytes: 0, deliveries: 0, small: 0, least: 0, rounds: 0, got: 0, triggeredMs: 0 };
let waits: number[] = [];
let lastMs = performance.now();
let onRound = () => {};

/** Counts whole frames of a piece of the stream; gives what is left of it. */
function take(bytes: Buffer, counted: { round: number }): Buffer {
  while (bytes.length >= 2) {
    const short = bytes[1]! & 127;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < head) break;
    const length = head === 2
      ? short
      : head === 4
      ? bytes.readUInt16BE(2)
      : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < head + length) break;
    message(length, counted);
    bytes = bytes.subarray(head + length);
  }
  return bytes;
}

function message(length: number, counted: { round: number }): void {
  if (length < run.least || run.rounds === 0) return void run.small++;
  run.deliveries++;
  waits.push(performance.now() - run.triggeredMs);
  if (counted.round === run.rounds) return;
  counted.round = run.rounds;
  if (++run.got === clients) onRound();
}

async function open(): Promise<void> {
  const socket = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  socket.setNoDelay(true);
  await askUpgrade(socket, { port, path, headers });
  const buffer = Buffer.alloc(65_536);
  const read = await socket.read(buffer);
  const answer = buffer.subarray(0, read ?? 0);
  if (!answer.toString("latin1").startsWith(UPGRADED)) throw new Error(`Refused: ${answer}`);
  if (first !== "") await sendText(socket, first);
  sockets.push(socket);
  void listen(socket, buffer, answer.subarray(answer.indexOf("\r\n\r\n") + 4));
}

async function listen(socket: Deno.TcpConn, buffer: Buffer, start: Buffer): Promise<void> {
  const counted = { round: 0 };
  let rest = Buffer.from(take(start, counted));
  for (;;) {
    const read = await socket.read(buffer);
    if (read === null) throw new Error("The server closed a socket");
    lastMs = performance.now();
    run.bytes += read;
    const piece = buffer.subarray(0, read);
    rest = Buffer.from(take(rest.length === 0 ? piece : Buffer.concat([rest, piece]), counted));
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

async function trigger(size: number): Promise<void> {
  run.rounds++;
  run.got = 0;
  run.triggeredMs = performance.now();
  await sendText(sockets[0]!, `${size} ${FIRST_STAMP + run.rounds}`);
}

/** Resolves when every socket has its message, or when that takes too long. */
async function wholeRound(size: number): Promise<void> {
  const whole = Promise.withResolvers<void>();
  const timer = setTimeout(whole.resolve, ROUND_MS_MAX);
  onRound = whole.resolve;
  await trigger(size);
  await whole.promise;
  clearTimeout(timer);
}

async function obey(line: string): Promise<void> {
  const [, size, least, seconds, hz] = line.split(" ").map(Number);
  Object.assign(run, { bytes: 0, deliveries: 0, small: 0, rounds: 0, least });
  waits = [];
  const startMs = performance.now();
  const endMs = startMs + seconds! * 1_000;
  for (let dueMs = startMs; performance.now() < endMs; dueMs += 1_000 / hz!) {
    if (hz === 0) await wholeRound(size!);
    else {
      await pause(Math.max(0, dueMs - performance.now()));
      await trigger(size!);
    }
  }
  while (performance.now() - lastMs < QUIET_MS && run.deliveries < run.rounds * clients) {
    await pause(10);
  }
  waits.sort((a, b) => a - b);
  const quantile = (share: number) => waits[Math.floor((waits.length - 1) * share)] ?? 0;
  const { rounds, deliveries, bytes, small } = run;
  run.rounds = 0;
  say({
    ...{ rounds, deliveries, bytes, small },
    seconds: (lastMs - startMs) / 1_000,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    maxMs: quantile(1),
    missing: rounds * clients - deliveries,
    gone: 0,
  });
}

function say(figures: Readonly<Record<string, number>>): void {
  console.log(JSON.stringify(figures));
}

const startMs = performance.now();
for (let opened = 0; opened < clients; opened += OPENING_MAX) {
  await Promise.all(Array.from({ length: Math.min(OPENING_MAX, clients - opened) }, open));
}
const openedMs = performance.now() - startMs;
while (performance.now() - lastMs < QUIET_MS) await pause(20);
say({ openedMs });
for await (const bytes of Deno.stdin.readable) {
  for (const line of new TextDecoder().decode(bytes).trim().split("\n")) await obey(line);
}
