import type { ConnectionEvent } from '../../machines/connection/events.ts';

export type EventType = ConnectionEvent['type'];

/** Every event that can be sent to the chart, in the order of events.ts, and what it says. The type makes the list complete. */
export const eventMeanings: Readonly<Record<EventType, string>> = {
  'user.connect': '`connect()`: be connected, please; it says whether somebody waits for it',
  'user.disconnect': '`disconnect()`: leave; it says whether the person signs out',
  'user.retry': '`retry()`: the answer "try again" to a prompt',
  'user.cancel': '`cancel()`: the answer "not now" to a prompt',
  'token.pushed': "`setToken()`: the app's backend pushed a token that nobody asked for",
  'link.succeeded': 'the transport: the server has let this user in',
  'link.interrupted': 'the transport: the SDK lost the server and reconnects by itself',
  'link.failed': 'the transport: the link is over',
  'link.verified': 'the transport: the server has answered, the link lives',
  'link.renewed': 'the transport: the server has taken the new token in band',
  'link.renewalFailed': 'the transport: the server has not taken the new token',
  'database.opened': 'the transport: the local message database is open',
  'database.failed': 'the transport: the local message database could not be opened',
  'network.online': 'the platform: there is a network',
  'network.offline': 'the platform: there is none',
  'app.foregrounded': 'the platform: the app is looked at again',
  'app.backgrounded': 'the platform: the app is out of sight',
  'app.woke': 'the platform: the device slept, and its timers with it',
  'timeLimit.passed': '`person` to `session`: the promise to a waiting person could not be kept',
  'link.outdated': '`renewal` to `session`: the live link cannot take its new token',
  'login.ended': '`renewal` to `session`: the token server says that the login itself is over',
};

export const eventTypes = Object.keys(eventMeanings) as EventType[];
