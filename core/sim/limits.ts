/** Live and recently lost connections kept at once; the next one is refused with 503. */
export const CONNECTIONS_MAX = 256;

/** Messages a connection keeps for a reconnect. 256 connections share the strings themselves. */
export const RING_MESSAGES_MAX = 1_000;

/** Messages in one frame. */
export const FRAME_MESSAGES_MAX = 50;

/**
 * Unsent bytes of one socket above which its messages are lost, as a slow consumer of the real
 * service loses them. A subscription to everything pushes about 7 MB of cached messages at once.
 */
export const UNSENT_BYTES_MAX = 32 * 1024 * 1024;

/** Unsent bytes above which a market running at full speed waits for the socket. */
export const CONGESTED_BYTES = 1024 * 1024;

/** Largest text a client may send; a larger one closes its socket. */
export const INBOUND_BYTES_MAX = 64 * 1024;

/** Largest AccessToken body that is read. */
export const BODY_BYTES_MAX = 16 * 1024;

/** How long a lost connection can be resumed. */
export const DISCONNECT_TIMEOUT_MS = 30_000;

/** How long close() waits for clients to answer the closing handshake. */
export const CLOSE_WAIT_MS = 1_000;
