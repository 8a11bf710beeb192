import type { ConnectionEvent } from 'connection-machine/machine';

export type EventType = ConnectionEvent['type'];

/** Where the chart answers each event, and why it may be silent everywhere else: law 16 checks both directions. */
export const answers: { readonly [Type in EventType]: { readonly in: readonly string[]; readonly elsewhere: string } } = {
  'user.connect': {
    in: ['person.away', 'session.closing', 'session.failed', 'session.idle', 'session.kicked', 'session.prompting'],
    elsewhere: 'while anything is under way it changes nothing, but that somebody waits now (person.away)',
  },
  'user.disconnect': { in: ['database', 'session', 'session.closing', 'session.idle'], elsewhere: 'the session answers it in every state' },
  'user.retry': {
    in: ['person.away', 'session.prompting'],
    elsewhere: 'it is one of the two answers to a prompt; unasked, it is no wish to connect',
  },
  'user.cancel': {
    in: ['session.prompting'],
    elsewhere: 'it is one of the two answers to a prompt; leaving has its own word, user.disconnect',
  },
  'token.pushed': {
    in: ['session', 'session.fetchingToken', 'session.link.connected'],
    elsewhere: 'the session answers it in every state',
  },
  'link.succeeded': {
    in: ['database', 'session.link.connected', 'session.link.connecting', 'session.link.recovering'],
    elsewhere: "without a link nobody can report: an ended link's actor is stopped",
  },
  'link.interrupted': {
    in: ['session.link.connected'],
    elsewhere: 'what is not connected yet, or is being recovered already, cannot be interrupted; limits run there anyway',
  },
  'link.failed': { in: ['session.link'], elsewhere: "without a link nobody can report: an ended link's actor is stopped" },
  'link.verified': { in: ['session.link.connected.verifying'], elsewhere: 'an answer to a question that nobody waits for any more' },
  'link.renewed': {
    in: ['renewal.delivering', 'session.link'],
    elsewhere: "without a link nobody can report: an ended link's actor is stopped",
  },
  'link.renewalFailed': { in: ['session.link'], elsewhere: "without a link nobody can report: an ended link's actor is stopped" },
  'database.opened': { in: ['database.closed', 'database.failed', 'database.opened'], elsewhere: 'the database answers it in every state' },
  'database.failed': { in: ['database.closed', 'database.failed', 'database.opened'], elsewhere: 'the database answers it in every state' },
  'network.online': {
    in: ['network.offline', 'session.waiting.offline'],
    elsewhere: 'platforms say "online" when some interface is up: that is no reason to hurry a wait that has a reason of its own',
  },
  'network.offline': {
    in: [
      'network.online',
      'session.fetchingToken',
      'session.link.connected',
      'session.link.connected.verifying',
      'session.link.connecting',
      'session.link.recovering',
    ],
    elsewhere: 'the network region remembers it, and whoever starts or waits asks that region',
  },
  'app.foregrounded': { in: ['session.waiting.backoff'], elsewhere: 'there is nothing to hurry; a link that slept is told of by app.woke' },
  'app.backgrounded': { in: [], elsewhere: 'links and waits go on in the background for as long as the platform lets them' },
  'app.woke': {
    in: ['session.link.connected', 'session.link.connected.verifying', 'session.link.recovering', 'session.waiting.backoff'],
    elsewhere: 'an attempt under way has a limit of its own, and what rests has nothing to verify',
  },
  'timeLimit.passed': {
    in: ['session.fetchingToken', 'session.link.connecting', 'session.link.recovering', 'session.waiting'],
    elsewhere: 'the person has an answer there, so person has left waiting and raises nothing',
  },
  'link.outdated': { in: ['session.link.connected'], elsewhere: 'only raised by renewal, while connected' },
  'login.ended': { in: ['session.link.connected'], elsewhere: 'only raised by renewal, while connected' },
};
