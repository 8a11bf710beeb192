import type { Cell, Scenario } from '../Scenario.ts';
import type { Stage } from '../Stage.ts';
import { connected, seconds, tenMinutes } from './time.ts';

export const silentServer: Scenario = {
  name: 'silentServer',
  head: 'silent server: detected after s',
  meaning:
    'Connected for 4 s; then nothing more comes from the server, and the socket stays open. Counted: seconds until the client closes that socket or opens another one.',
  async play(stage) {
    await connected(stage);
    stage.server.isSilent = true;
    return detection(stage);
  },
};

/** Waits until the client acts on the wire: what it merely thinks does not bring anybody back. */
export async function detection({ clock, server }: Stage): Promise<Cell> {
  const [began, sockets, closed] = [clock.elapsed, server.sockets, server.closedByClient];
  const acted = () => server.sockets > sockets || server.closedByClient > closed;
  await clock.advance(tenMinutes, acted);
  const ms = clock.elapsed - began;
  return acted() ? { text: seconds(ms), counted: { detected: true, ms } } : { text: 'never (10 min)', counted: { detected: false } };
}
