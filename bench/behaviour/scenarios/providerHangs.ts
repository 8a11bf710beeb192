import type { Scenario } from '../Scenario.ts';
import { seconds, tenMinutes } from './time.ts';

export const providerHangs: Scenario = {
  name: 'providerHangs',
  head: 'provider never answers: noticed within 10 min',
  meaning:
    'The token provider never answers. Counted: whether, and when, the client tells its app that something is wrong; how many calls hang side by side; whether it goes to the server without a token.',
  async play({ clock, server, provider, troubles, start }) {
    provider.mood = 'hangs';
    start();
    await clock.advance(tenMinutes);
    const [first] = troubles;
    const told = first ? `yes, after ${seconds(first.at)} s` : 'NO';
    const hanging = provider.pending > 1 ? `, ${provider.pending} calls at once` : '';
    const without = server.accepted > 0 ? ', accepted without a token' : '';
    return { text: told + hanging + without, counted: { noticed: Boolean(first), ms: first?.at ?? 0, calls: provider.calls } };
  },
};
