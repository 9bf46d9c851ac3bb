/** What the service has counted since it started. */
export interface SimCounters {
  restRequests: number;
  restRefused: number;
  /** Frames and messages handed to sockets. */
  frames: number;
  messages: number;
  /** Lost because a socket had too much unsent or was closing. */
  droppedFrames: number;
  droppedMessages: number;
  /** Messages withheld by mute(). */
  mutedMessages: number;
  keepAlives: number;
  connects: number;
  reconnects: number;
  /** Reconnects whose gap the ring no longer covered. */
  reconnectsBroken: number;
  /** HTTP requests of the hub that were refused. */
  hubRefused: number;
  /** Client texts that were no invocation. */
  badInbound: number;
  oversizedInbound: number;
}

/** All counters at zero. */
export function newCounters(): SimCounters {
  return {
    restRequests: 0,
    restRefused: 0,
    frames: 0,
    messages: 0,
    droppedFrames: 0,
    droppedMessages: 0,
    mutedMessages: 0,
    keepAlives: 0,
    connects: 0,
    reconnects: 0,
    reconnectsBroken: 0,
    hubRefused: 0,
    badInbound: 0,
    oversizedInbound: 0,
  };
}
