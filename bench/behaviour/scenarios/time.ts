import type { Stage } from '../Stage.ts';

export const second = 1_000;
export const minute = 60 * second;
export const tenMinutes = 10 * minute;

/** Starts the client and waits until the server has accepted it. */
export async function connected(stage: Stage): Promise<void> {
  stage.start();
  await stage.clock.advance(minute, () => stage.server.accepted > 0);
  if (stage.server.accepted === 0) throw new Error('the client never connected to a server that accepts it');
  // whatever it does right after: a subscription, its first heartbeat
  await stage.clock.advance(4 * second);
}

/** s with one digit */
export function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
