/** Time between two heartbeats of `vnstock.v1.json`. */
export const HEARTBEAT_MS = 15_000;
/** Time between two looks at what is due: the grid that rates are kept on. */
export const FLUSH_GAP_MS = 50;
/** Rows of a table: securities of all boards, about 2,000 listed with warrants and futures. */
export const ROWS_MAX = 8_192;
/** A client with unsent bytes for longer is closed: it would show a market long gone. */
export const LAG_MS_MAX = 10_000;
/**
 * Who came, or took nothing, less long ago is served after the others, so that it delays nobody else.
 * By then a first ping is answered, and of who does not read the kernel's buffers are about full.
 */
export const SETTLED_MS = 30_000;
/**
 * Unsent bytes of all clients together; when there are more, those that lag longest are closed. A
 * client has one write unsent at most, which is a snapshot of the market (0.7 MB) at worst.
 */
export const UNSENT_BYTES_MAX = 128 * 1_024 * 1_024;
/** Messages that go out ahead of a client that acknowledges. */
export const ACK_WINDOW = 8;
/** Time for the first valid operation. */
export const FIRST_OPERATION_MS = 5_000;
/** Broken messages a client may send before it is closed. */
export const BAD_MESSAGES_MAX = 3;
/** Inbound messages: sustained rate and burst. */
export const INBOUND_PER_SECOND = 5;
export const INBOUND_BURST = 10;
/** Channels on one socket; 1,000 sockets × 128 are 128,000 positions, 13 MB. */
export const SUBSCRIPTIONS_MAX = 128;
/** Characters of one message: a larger snapshot comes in parts. */
export const MESSAGE_CHARS_MAX = 256 * 1_024;
/**
 * Characters of built frames kept between two changes, one text per channel and base seq. Clients
 * that keep up share one base, so only laggards add entries. When full it starts over and counts.
 */
export const FRAME_CACHE_CHARS_MAX = 8 * 1_024 * 1_024;
