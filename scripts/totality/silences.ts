import type { EventType } from './eventMeanings.ts';

export interface Silence {
  /** The states that are silent, by path; one that has others inside speaks for them, unless they have a reason of their own. */
  readonly in: readonly string[];
  /** `done …` is the end of a service, which no type lists. */
  readonly events: readonly (EventType | `done ${string}`)[];
  readonly because: string;
}

const appCalls = ['user.connect', 'user.disconnect', 'user.retry', 'user.cancel'] as const;
const answersToPrompt = ['user.retry', 'user.cancel'] as const;
const linkLife = ['link.succeeded', 'link.interrupted', 'link.failed', 'link.verified'] as const;
const linkReports = [...linkLife, 'link.renewed', 'link.renewalFailed'] as const;
const databaseReports = ['database.opened', 'database.failed'] as const;
const networkReports = ['network.online', 'network.offline'] as const;
const appReports = ['app.foregrounded', 'app.backgrounded', 'app.woke'] as const;
const fromRenewal = ['link.outdated', 'login.ended'] as const;

const withoutLink = ['idle', 'fetchingToken', 'waiting', 'prompting', 'kicked', 'failed', 'closing'].map((state) => `session.${state}`);
const atRest = ['session.idle', 'session.prompting', 'session.kicked', 'session.failed'];

/** Why the chart is silent where it is. The chart's own, described ignores are not repeated here. */
export const silences: readonly Silence[] = [
  // session
  {
    in: ['session.fetchingToken', 'session.link.connecting', 'session.link.recovering', 'session.waiting'],
    events: ['user.connect'],
    because: 'It is on its way already: nothing is begun anew. `person` hears whether somebody waits now.',
  },
  { in: ['session.link.connected'], events: ['user.connect'], because: 'There is nothing to connect: the user is in.' },
  { in: ['session'], events: answersToPrompt, because: 'It answers a prompt, and nobody is asked now.' },
  {
    in: ['session.idle', 'session.kicked', 'session.failed'],
    events: ['user.retry'],
    because: 'Unasked, it is no wish to connect: that is user.connect.',
  },
  {
    in: withoutLink,
    events: linkReports,
    because: "There is no link, so nobody reports: an ended link's actor is stopped, and what it still says is not heard.",
  },
  {
    in: ['session.link.connecting'],
    events: ['link.interrupted'],
    because: 'What is not up cannot be interrupted; the attempt has a time limit.',
  },
  { in: ['session.link.recovering'], events: ['link.interrupted'], because: 'It is being recovered already, and that has a time limit.' },
  { in: ['session.link'], events: ['link.verified'], because: 'Nobody asks the server now: a late answer to an old question.' },
  { in: ['session.link'], events: ['done link'], because: 'A link has no end of its own: it reports link.failed, or is left.' },
  {
    in: ['session'],
    events: databaseReports,
    because: 'The region `database` answers it; the session goes on with or without a database.',
  },
  {
    in: ['session'],
    events: ['app.backgrounded'],
    because: 'Links and waits go on in the background for as long as the platform lets them.',
  },
  {
    in: ['session.idle'],
    events: [...networkReports, 'app.foregrounded', 'app.woke'],
    because: 'The platform is not listened to: nobody wants to be connected.',
  },
  {
    in: ['session.prompting', 'session.kicked', 'session.failed'],
    events: [...networkReports, 'app.foregrounded', 'app.woke'],
    because: 'Only the user goes on from here. `network` remembers what the platform says of it.',
  },
  {
    in: ['session.closing'],
    events: [...networkReports, 'app.foregrounded', 'app.woke'],
    because: 'It is on its way to idle, within closeTimeLimit, whatever the platform says.',
  },
  {
    in: ['session.fetchingToken', 'session.link.connecting'],
    events: ['network.online'],
    because: 'An attempt is under way; it is neither hurried nor begun anew.',
  },
  {
    in: ['session.link.connected', 'session.link.recovering'],
    events: ['network.online'],
    because: 'The link itself tells whether it lives.',
  },
  {
    in: ['session.waiting.backoff'],
    events: ['network.online'],
    because: 'Platforms say "online" when some interface is up: no reason to hurry a wait that has a reason of its own.',
  },
  {
    in: ['session.waiting.backoff'],
    events: ['network.offline'],
    because: '`network` hears it, and then this state goes to offline at once.',
  },
  { in: ['session.waiting.offline'], events: ['network.offline'], because: 'It waits for the network already.' },
  {
    in: ['session.fetchingToken', 'session.link.connecting', 'session.link.recovering'],
    events: ['app.foregrounded'],
    because: 'An attempt is under way; it has a time limit of its own.',
  },
  {
    in: ['session.link.connected'],
    events: ['app.foregrounded'],
    because: 'There is nothing to hurry; of a link that slept app.woke tells.',
  },
  {
    in: ['session.waiting.backoff'],
    events: ['app.foregrounded', 'app.woke'],
    because: 'This wait was hurried before: its short pause is kept, or looking twice would spin.',
  },
  {
    in: ['session.waiting.offline'],
    events: ['app.foregrounded', 'app.woke'],
    because: 'There is no network to try: it is network.online that ends this.',
  },
  {
    in: ['session.fetchingToken', 'session.link.connecting'],
    events: ['app.woke'],
    because: 'The attempt under way has a time limit of its own, and nothing to verify yet.',
  },
  { in: atRest, events: ['timeLimit.passed'], because: 'Nobody waits here: `person` has left waiting, and promises nothing.' },
  { in: ['session.closing'], events: ['timeLimit.passed'], because: 'The person has left, so `person` promises nothing.' },
  {
    in: ['session.link.connected'],
    events: ['timeLimit.passed'],
    because: 'The person has what they waited for, so `person` promises nothing.',
  },
  { in: ['session'], events: fromRenewal, because: '`renewal` says it only while the session is connected.' },

  // renewal
  {
    in: ['renewal'],
    events: [...appCalls, ...linkLife, ...networkReports, 'app.foregrounded', 'app.backgrounded', 'timeLimit.passed'],
    because: 'The session answers it. This region looks at where the session is, and rests as soon as that is not connected.',
  },
  {
    in: ['renewal'],
    events: ['token.pushed'],
    because: 'The session keeps the token; this region sees that it is a newer one than the link has, at once.',
  },
  { in: ['renewal'], events: ['link.renewed'], because: 'The session notes it; nothing is being handed over now.' },
  { in: ['renewal'], events: ['link.renewalFailed'], because: 'The session judges it, like any failure.' },
  { in: ['renewal'], events: databaseReports, because: 'It has nothing to do with tokens.' },
  { in: ['renewal.resting'], events: ['app.woke'], because: 'No moment is waited for that could have been slept through.' },
  { in: ['renewal.scheduled'], events: ['app.woke'], because: 'The moment to renew has not come; the timer still runs.' },
  { in: ['renewal.fetching', 'renewal.delivering'], events: ['app.woke'], because: 'What is under way has a time limit of its own.' },
  { in: ['renewal'], events: fromRenewal, because: "It is this region's own word to the session." },

  // database
  { in: ['database'], events: ['link.succeeded'], because: 'The same user as before, or the first one: the database is theirs.' },
  {
    in: ['database'],
    events: ['user.connect', ...answersToPrompt, 'token.pushed', ...networkReports, ...appReports, 'timeLimit.passed', ...fromRenewal],
    because: "It is about the connection. The database is the user's: it outlives links, waits and prompts.",
  },
  {
    in: ['database'],
    events: ['link.interrupted', 'link.failed', 'link.verified', 'link.renewed', 'link.renewalFailed'],
    because: 'Links come and go; the database stays as it is for the whole login.',
  },

  // network
  { in: ['network.online'], events: ['network.online'], because: 'Known already.' },
  { in: ['network.offline'], events: ['network.offline'], because: 'Known already.' },
  {
    in: ['network'],
    events: [...appCalls, 'token.pushed', ...linkReports, ...databaseReports, ...appReports, 'timeLimit.passed', ...fromRenewal],
    because: 'It is not what the platform says about the network.',
  },

  // person
  { in: ['person.away'], events: ['user.connect'], because: 'userWaiting is false: the app connects, and nobody looks at a spinner.' },
  { in: ['person.away'], events: ['user.retry'], because: 'Nobody was asked, so it begins nothing that could be waited for.' },
  { in: ['person.waiting'], events: ['user.connect'], because: 'The promise runs already; asking again does not make it longer.' },
  { in: ['person.waiting'], events: answersToPrompt, because: 'They have not been asked yet.' },
  { in: ['person.away'], events: ['user.cancel', 'user.disconnect'], because: 'Nobody waits.' },
  {
    in: ['person.waiting'],
    events: ['user.disconnect'],
    because: 'The session answers it by closing, and that settles the wait at once.',
  },
  { in: ['person'], events: ['timeLimit.passed'], because: "It is this region's own word to the session." },
  {
    in: ['person'],
    events: ['token.pushed', ...linkReports, ...databaseReports, ...networkReports, ...appReports, ...fromRenewal],
    because: 'Whatever happens, the promise goes on until the session has an answer for the person.',
  },
];
