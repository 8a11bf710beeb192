import type { Clock } from '../../platform/Clock.ts';

export interface HeartbeatOptions {
  /**
   * ms of silence after which a ping is sent; any frame counts as a sign of life. Lower it to notice dead servers sooner or to keep
   * a proxy from closing an idle connection (many do at 30 to 60 s); raise it to save battery and traffic. At least 1;
   * `Infinity` means 2³¹ − 1 ms. @default 10_000
   */
  readonly interval?: number;
  /**
   * ms that the server has for any frame at all after a ping; then the link is over with kind `network`. A silent server is noticed
   * `interval + timeLimit` after its last frame at the latest. Raise it for slow mobile networks. At least 1;
   * `Infinity` means 2³¹ − 1 ms. @default 8_000
   */
  readonly timeLimit?: number;
}

export interface Heartbeat {
  /** Something arrived. Cheap: a message costs no timer. */
  heard(): void;
  stop(): void;
}

/** Pings after silence and calls `onSilence` when nothing comes back. One timer at a time, set anew only when it has run out. */
export function startHeartbeat(
  { interval, timeLimit }: Required<HeartbeatOptions>,
  clock: Clock,
  ping: () => void,
  onSilence: () => void,
): Heartbeat {
  let lastHeard = clock.now();
  let answered = true;
  let timer: unknown;

  const wait = (ms: number, then: () => void): void => {
    timer = clock.setTimeout(then, ms);
  };
  const listen = (): void => {
    const now = clock.now();
    // The system's clock may be set back at any time; without this the next ping would wait until it has caught up.
    lastHeard = Math.min(lastHeard, now);
    const left = lastHeard + interval - now;
    if (left > 0) wait(left, listen);
    else ask();
  };
  // The limit is served in two halves. A machine that slept, or was busy, finds its timer run out with the answer still unread
  // or unsent: so it always leaves the server half the limit before it judges.
  const ask = (): void => {
    answered = false;
    wait(timeLimit / 2, () => (answered ? listen() : wait(timeLimit / 2, () => (answered ? listen() : onSilence()))));
    ping();
  };

  listen();
  return {
    heard() {
      lastHeard = clock.now();
      answered = true;
    },
    stop() {
      clock.clearTimeout(timer);
    },
  };
}
