/** Time between two heartbeats of `vnstock.v1.json`. */
export const HEARTBEAT_MS = 15_000;
/** How often the engine side publishes at most; told in `hello`. */
export const TICK_MS = 100;
/** Least time between two data writes to a client: half a tick, so that jitter delays none. */
export const FLUSH_GAP_MS = TICK_MS / 2;
/** A client with unsent bytes for longer is closed: it would show a market long gone. */
export const LAG_MS_MAX = 10_000;
/** Time for the first valid operation. */
export const FIRST_OPERATION_MS = 5_000;
/** Broken messages a client may send before it is closed. */
export const BAD_MESSAGES_MAX = 3;
/** Inbound messages: sustained rate and burst. */
export const INBOUND_PER_SECOND = 5;
export const INBOUND_BURST = 10;
/**
 * Built frames kept between two changes, one per table and base seq. Clients that keep up share one
 * base, so only laggards add entries; 256 × 16 KB = 4 MB. When full it starts over and counts.
 */
export const FRAME_CACHE_MAX = 256;
