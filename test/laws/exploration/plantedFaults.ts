import { assign, spawnChild } from 'xstate';
import { connectionMachine } from 'connection-machine/machine';
import { connectionSetup } from '../../../machines/connection/setup.ts';
import type { Chart } from './chart.ts';

interface Fault {
  readonly law: number;
  /** What is wrong with this chart, in words. */
  readonly what: string;
  readonly chart: Chart;
  /** A world in which it shows. */
  readonly world: string;
}

/** A part of the chart's config, to be changed in place: it is a copy. */
type Part = Record<string, unknown> & { states: Record<string, Part>; on: Record<string, unknown>; after: Record<string, unknown> };

const copy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
};

/** The real chart with one change to its config. */
function changed(change: (session: Record<string, Part>, regions: Record<string, Part>) => void): Chart {
  const config = copy(connectionMachine.config) as Part;
  change(config.states['session']!.states, config.states);
  return connectionSetup.createMachine(config as never) as unknown as Chart;
}

const provided = (implementations: Parameters<Chart['provide']>[0]): Chart => connectionMachine.provide(implementations) as Chart;

const failures = 'every kind of failure, a kept token, pushed tokens, hints';
const network = 'network, hints, links that can be verified and links that cannot';
const reloads = 'reloads at any moment';

/** Charts that break a law each, so that it is known that the exploration would see it. */
export const plantedFaults: readonly Fault[] = [
  {
    law: 1,
    what: 'a second link beside the connected one',
    world: failures,
    chart: changed(({ link }) => (link!.states['connected']!['invoke'] = { id: 'second', src: 'openLink', input: {} })),
  },
  { law: 2, what: 'idle listens to the platform', world: failures, chart: changed(({ idle }) => delete idle!['entry']) },
  {
    law: 3,
    what: 'a token request that nobody stops',
    world: failures,
    chart: changed(({ fetchingToken }) => {
      delete fetchingToken!['invoke'];
      fetchingToken!['entry'] = spawnChild('fetchToken', { id: 'fetchToken', input: { reason: 'initial', attempt: 0 } });
      fetchingToken!.on['xstate.done.actor.fetchToken'] = 'link';
    }),
  },
  { law: 4, what: 'refused tokens are not recognized', world: failures, chart: provided({ guards: { wasRefusedBefore: () => false } }) },
  { law: 5, what: 'renewals without an end', world: failures, chart: provided({ guards: { mayRenewToken: () => true } }) },
  { law: 6, what: 'a forbidden login is tried again', world: failures, chart: provided({ guards: { isLoginOver: () => false } }) },
  {
    law: 7,
    what: 'a token request without a limit',
    world: failures,
    chart: changed(({ fetchingToken }) => delete (fetchingToken as Partial<Part>).after),
  },
  {
    law: 8,
    what: 'a prompt that comes late',
    world: failures,
    chart: provided({ delays: { timeLimit: ({ context }) => context.policy.timeLimit + 5_000 } }),
  },
  { law: 9, what: 'a prompt for nobody', world: failures, chart: provided({ guards: { isPersonWaiting: () => true } }) },
  { law: 11, what: 'attempts without a network', world: network, chart: provided({ guards: { isOffline: () => false } }) },
  {
    law: 12,
    what: 'counters that begin anew with each success',
    world: failures,
    chart: provided({ actions: { doubtLink: assign({ attempt: 0, renewals: 0 }) } }),
  },
  {
    law: 13,
    what: 'a kicked user who is brought back',
    world: reloads,
    chart: changed(({ kicked }) => (kicked!.on['network.online'] = 'starting')),
  },
  {
    law: 15,
    what: 'a close that hangs hangs for ever',
    world: failures,
    chart: changed(({ closing }) => delete (closing as Partial<Part>).after),
  },
  {
    law: 16,
    what: 'a guard that throws',
    world: failures,
    chart: provided({
      guards: {
        isKicked: () => {
          throw new Error('planted');
        },
      },
    }),
  },
  {
    law: 17,
    what: 'a database that is announced with each success',
    world: 'the database, and another user',
    chart: provided({ guards: { isAnotherUserWithDatabase: () => true } }),
  },
  { law: 18, what: 'a reload heals a kick', world: reloads, chart: provided({ guards: { wasKicked: () => false } }) },
  {
    law: 21,
    what: 'connect() that hangs up on a link',
    world: failures,
    chart: changed(({ link }) => (link!.on['user.connect'] = '#closing')),
  },
];
