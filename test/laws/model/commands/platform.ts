import fc from 'fast-check';
import type { ConnectionModel } from '../ConnectionModel.ts';
import { mostly } from './command.ts';

const isAwake = ({ status }: Readonly<ConnectionModel>) => status !== 'idle';

/** What the platform reports. */
export const platform = {
  network: fc.boolean().chain((online) =>
    mostly(isAwake, {
      name: online ? 'online' : 'offline',
      model: (model) => model.network(online),
      real: ({ signals }) => signals.network(online),
    }),
  ),
  woke: mostly(isAwake, { name: 'woke', model: (model) => model.woke(), real: ({ signals }) => signals.woke(60_000) }),
  foreground: mostly(isAwake, { name: 'foreground', model: (model) => model.foregrounded(), real: ({ signals }) => signals.app(true) }),
};
