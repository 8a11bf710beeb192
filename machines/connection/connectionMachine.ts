// START HERE. The whole brain: from "the user opened the app" to "the user is connected, and stays so".
//
// Read `session` from top to bottom: it is the story. The other regions are what the story depends on. States named `starting`,
// `judging`, `reopening`, `postponing` and `restoring` are crossroads: they are left in the same step, and no one outside ever sees them.
import { and, connectionSetup, emit, raise, sendTo, spawnChild, stopChild } from './setup.ts';
import { createContext } from './context.ts';
import { failureOf } from './failureOf.ts';
import { toFailure } from './failure.ts';

export const connectionMachine = connectionSetup.createMachine({
  id: 'connection',
  description: 'Takes a user from "not connected" to "connected" and keeps them there.',
  context: createContext,
  type: 'parallel',
  states: {
    session: {
      description: 'The story of one login: a token, a link, and what to do when either fails.',
      initial: 'restoring',
      on: {
        'user.disconnect': [
          {
            guard: 'isLogout',
            target: '.closing',
            actions: ['forgetToken', 'forgetStoredToken'],
            description: 'The user signs out: the link is closed and the token forgotten.',
          },
          { target: '.closing', description: 'The user leaves: the link is closed, a good token is kept for next time.' },
        ],
        'token.pushed': [
          {
            guard: { type: 'wasRefusedBefore', params: ({ event }) => event },
            description: 'Ignored: a refused token is never sent again.',
          },
          {
            guard: { type: 'isOldNews', params: ({ event }) => event },
            description: 'Ignored: it is the token we have.',
          },
          {
            actions: [{ type: 'keepToken', params: ({ event }) => event }, 'storeToken'],
            description: 'The next link will use it.',
          },
        ],
        'xstate.error.actor.*': {
          description: 'Ignored: a platform that cannot be listened to, or the last word of a service that nobody waits for any more.',
        },
      },
      states: {
        restoring: {
          description: 'A reload neither undoes a kick, nor heals a failure, nor shortens a wait.',
          always: [
            { guard: 'wasKicked', target: 'kicked', actions: ['forgetRestored', spawnChild('watchPlatform', { id: 'platform' })] },
            { guard: 'wasFailed', target: 'failed', actions: ['forgetRestored', spawnChild('watchPlatform', { id: 'platform' })] },
            { guard: 'wasWaiting', target: 'waiting', actions: ['forgetRestored', spawnChild('watchPlatform', { id: 'platform' })] },
            { target: 'idle', description: 'What was counted before still counts for the first connect().' },
          ],
        },

        idle: {
          id: 'idle',
          description: 'Nothing is tried, nobody is listened to: no timer, no link, no token request, no listener.',
          entry: stopChild('platform'),
          exit: spawnChild('watchPlatform', { id: 'platform' }),
          on: {
            'user.connect': {
              target: 'starting',
              actions: 'startClean',
              description: 'The user wants to be connected; from now on the platform is listened to.',
            },
            'user.disconnect': [
              {
                guard: and(['isDatabaseClosed', 'isNobodyIn', 'isLogout']),
                actions: ['forgetToken', 'forgetStoredToken'],
                description: 'Nothing to close; a kept token is forgotten all the same.',
              },
              { guard: and(['isDatabaseClosed', 'isNobodyIn']), description: 'Ignored: nothing to close.' },
            ],
          },
        },

        starting: {
          id: 'starting',
          description: "Every attempt begins here, so every attempt looks at the network, the server's hint and the token first.",
          always: [
            { guard: 'isOffline', target: 'waiting.offline', actions: 'rememberOffline' },
            { guard: 'mustHeedHint', target: 'waiting.backoff', actions: 'planAfterHint' },
            { guard: 'hasUsableToken', target: 'link' },
            { target: 'fetchingToken', actions: 'dropExpiredToken' },
          ],
        },

        fetchingToken: {
          description: 'Asks the App Server for a token. One request at a time, aborted on leaving, told why it is made.',
          invoke: {
            id: 'fetchToken',
            src: 'fetchToken',
            input: ({ context }) => ({ reason: context.tokenReason, attempt: context.attempt }),
            onDone: [
              {
                guard: { type: 'wasRefusedBefore', params: ({ event }) => ({ token: event.output }) },
                target: 'judging',
                actions: { type: 'rememberRepeatedToken', params: ({ event }) => ({ token: event.output }) },
                description: 'The same token again: as good as refused, so it is never sent.',
              },
              {
                guard: 'isRenewal',
                target: 'link',
                actions: [
                  emit(({ context }) => ({
                    type: 'tokenRenewed',
                    reason: context.tokenReason === 'expired' ? 'expired' : 'incorrect',
                  })),
                  { type: 'keepToken', params: ({ event }) => ({ token: event.output }) },
                  'storeToken',
                ],
                description: 'A new token in place of the refused one.',
              },
              { target: 'link', actions: [{ type: 'keepToken', params: ({ event }) => ({ token: event.output }) }, 'storeToken'] },
            ],
            onError: {
              target: 'judging',
              actions: { type: 'rememberTokenFailure', params: ({ event }) => ({ failure: toFailure(event.error) }) },
            },
          },
          after: {
            tokenTimeLimit: {
              target: 'postponing',
              actions: { type: 'rememberLimit', params: { limit: 'tokenTimeLimit' } },
              description: 'A hung token server is a failed attempt.',
            },
          },
          on: {
            'token.pushed': [
              {
                guard: { type: 'wasRefusedBefore', params: ({ event }) => event },
                description: 'Ignored: a refused token is never sent again.',
              },
              {
                target: 'link',
                actions: [{ type: 'keepToken', params: ({ event }) => event }, 'storeToken'],
                description: 'The app was faster: its token is used and the request aborted.',
              },
            ],
            'network.offline': {
              target: 'waiting.offline',
              actions: 'rememberOffline',
              description: 'No request while there is no network; this one does not count.',
            },
            'timeLimit.passed': {
              target: 'prompting',
              actions: { type: 'rememberLimit', params: { limit: 'timeLimit' } },
            },
          },
        },

        link: {
          description: 'One link, from the moment it is asked for to the moment it is given up. It lives exactly as long as this state.',
          entry: 'prepareLink',
          invoke: {
            id: 'link',
            src: 'openLink',
            input: ({ context }) => ({
              // starting lets nobody in without a token
              token: context.token as NonNullable<typeof context.token>,
              timeLimit: context.promptAt === undefined ? undefined : Math.max(1, context.promptAt - context.now()),
              login: context.login,
            }),
            onError: {
              target: 'judging',
              actions: { type: 'rememberFailure', params: ({ event }) => ({ failure: toFailure(event.error) }) },
            },
          },
          exit: sendTo('link', ({ event }) => ({
            type: 'link.goodbye',
            logout: event.type === 'user.disconnect' && event.logout,
          })),
          on: {
            'link.failed': {
              target: 'judging',
              actions: { type: 'rememberFailure', params: ({ event }) => event },
            },
            'link.renewed': {
              actions: { type: 'noteRenewed', params: ({ event }) => event },
              description: "The server has taken the new token: it is the link's own now.",
            },
            'link.renewalFailed': [
              {
                guard: { type: 'isRefusal', params: ({ event }) => event },
                target: 'judging',
                actions: [
                  { type: 'noteRenewed', params: ({ event }) => event },
                  { type: 'rememberFailure', params: ({ event }) => event },
                ],
                description: 'The new token was refused, like any other refused token.',
              },
              {
                guard: { type: 'isAnswer', params: ({ event }) => event },
                target: 'judging',
                actions: { type: 'rememberFailure', params: ({ event }) => event },
                description: 'The server has answered with something else: kicked, blocked, busy.',
              },
              { guard: 'isConnected', target: 'reopening', description: 'It did not arrive: the link is opened anew with it.' },
              { description: 'Ignored: it is handed over again when the SDK is back.' },
            ],
          },
          initial: 'connecting',
          states: {
            connecting: {
              description: 'The transport opens the link and the server looks at the token. An open socket alone is not a success.',
              on: {
                'link.succeeded': [
                  {
                    guard: { type: 'isWrongUser', params: ({ event }) => event },
                    target: '#judging',
                    actions: 'rememberWrongUser',
                    description: 'The wrong user never gets in.',
                  },
                  {
                    guard: { type: 'isOutdated', params: ({ event }) => event },
                    target: '#reopening',
                    description: 'A newer token was pushed meanwhile, and this link cannot take it.',
                  },
                  { target: 'connected', actions: { type: 'welcomeUser', params: ({ event }) => event } },
                ],
                'network.offline': {
                  target: '#offline',
                  actions: 'rememberOffline',
                  description: 'No attempt while there is no network; this one does not count.',
                },
                'timeLimit.passed': {
                  target: '#prompting',
                  actions: { type: 'rememberLimit', params: { limit: 'timeLimit' } },
                },
              },
              after: {
                attemptTimeLimit: {
                  target: '#postponing',
                  actions: { type: 'rememberLimit', params: { limit: 'attemptTimeLimit' } },
                  description: 'A server that never answers is a failed attempt; the next one is planned.',
                },
              },
            },

            connected: {
              id: 'connected',
              description: 'The server has let the user in. Substates say how far the link is to be trusted.',
              entry: emit(({ context }) => ({ type: 'connected', userId: context.userId ?? '' })),
              on: {
                'link.interrupted': {
                  target: 'recovering',
                  actions: {
                    type: 'rememberFailure',
                    params: ({ event }) => ({ failure: event.failure ?? { kind: 'network' } }),
                  },
                },
                'link.succeeded': [
                  {
                    guard: { type: 'isWrongUser', params: ({ event }) => event },
                    target: '#judging',
                    actions: 'rememberWrongUser',
                  },
                  { description: 'Ignored: a success is counted once.' },
                ],
                'network.offline': [
                  { guard: 'isOffline', description: 'Ignored: it has said so before.' },
                  { guard: 'canVerify', target: '.verifying', description: 'The platform may be wrong: ask the server itself.' },
                  { target: '#offline', actions: 'rememberOffline' },
                ],
                'app.woke': [
                  { guard: 'canVerify', target: '.verifying' },
                  {
                    target: '#postponing',
                    actions: { type: 'rememberLimit', params: { limit: 'verifyTimeLimit' } },
                    description: 'A link that slept and cannot be asked is replaced.',
                  },
                ],
                'token.pushed': [
                  {
                    guard: { type: 'wasRefusedBefore', params: ({ event }) => event },
                    description: 'Ignored: a refused token is never sent again.',
                  },
                  {
                    guard: { type: 'isOldNews', params: ({ event }) => event },
                    description: 'Ignored: it is the token we have.',
                  },
                  {
                    actions: [
                      { type: 'keepToken', params: ({ event }) => event },
                      'storeToken',
                      emit({ type: 'tokenRenewed', reason: 'pushed' }),
                    ],
                    description: 'The region `renewal` hands it to the live link.',
                  },
                ],
                'link.outdated': {
                  target: '#reopening',
                  description: 'The link cannot take its new token: it is opened anew. Nothing has failed.',
                },
                'login.ended': {
                  target: '#judging',
                  actions: { type: 'rememberFailure', params: ({ event }) => event },
                },
              },
              initial: 'fresh',
              states: {
                fresh: {
                  description:
                    'Just let in. Failures are not forgotten yet: a link that is accepted and dropped again and again must not spin.',
                  entry: 'doubtLink',
                  after: { stableAfter: 'stable' },
                },
                stable: {
                  description: 'It has lasted: failures and renewals in a row are forgotten.',
                  entry: 'trustLink',
                },
                verifying: {
                  description: 'After sleep, or when the platform says offline: is anybody still there?',
                  entry: sendTo('link', { type: 'link.verify' }),
                  on: {
                    'link.verified': 'fresh',
                    'network.offline': { description: 'Ignored: the server is being asked already.' },
                    'app.woke': { description: 'Ignored: the server is being asked already.' },
                  },
                  after: {
                    verifyTimeLimit: {
                      target: '#postponing',
                      actions: { type: 'rememberLimit', params: { limit: 'verifyTimeLimit' } },
                    },
                  },
                },
              },
            },

            recovering: {
              description: 'The SDK lost the server and reconnects by itself. The brain watches, keeps a limit, and opens no second link.',
              on: {
                'link.succeeded': [
                  {
                    guard: { type: 'isWrongUser', params: ({ event }) => event },
                    target: '#judging',
                    actions: 'rememberWrongUser',
                  },
                  {
                    guard: { type: 'isOutdated', params: ({ event }) => event },
                    target: '#reopening',
                    description: 'A newer token was pushed meanwhile, and this link cannot take it.',
                  },
                  { target: 'connected', actions: { type: 'welcomeUser', params: ({ event }) => event } },
                ],
                'network.offline': { target: '#offline', actions: 'rememberOffline' },
                'app.woke': {
                  target: '#postponing',
                  actions: { type: 'rememberLimit', params: { limit: 'recoveryTimeLimit' } },
                  description: 'The SDK slept too: its time is over.',
                },
                'timeLimit.passed': {
                  target: '#prompting',
                  actions: { type: 'rememberLimit', params: { limit: 'timeLimit' } },
                },
              },
              after: {
                recoveryTimeLimit: {
                  target: '#postponing',
                  actions: { type: 'rememberLimit', params: { limit: 'recoveryTimeLimit' } },
                  description: 'The SDK had its time: the brain takes over.',
                },
              },
            },
          },
        },

        judging: {
          id: 'judging',
          description: 'One failure, one verdict, by its kind: the table of branches.',
          always: [
            {
              guard: 'isTokenRefused',
              target: 'renewing',
              actions: ['dropRefusedToken', 'forgetStoredToken'],
              description: 'TOKEN_INCORRECT: the token is dropped, here and where it is stored.',
            },
            { guard: 'isKicked', target: 'kicked' },
            {
              guard: 'isLoginOver',
              target: 'failed',
              actions: ['forgetToken', 'forgetStoredToken'],
              description: "The login is over, or it is somebody else's: its token is of no use.",
            },
            { guard: 'isFatal', target: 'failed' },
            {
              guard: and(['isTimeout', 'isPersonWaiting']),
              target: 'prompting',
              description: 'The SDK gave up in time to ask the person who waits.',
            },
            { target: 'postponing' },
          ],
        },

        renewing: {
          description: 'A refused token may be renewed, but not for ever.',
          always: [
            { guard: 'mayRenewToken', target: 'starting', actions: 'countRenewal' },
            { target: 'failed', description: 'Enough: asking again would be a loop.' },
          ],
        },

        reopening: {
          id: 'reopening',
          description: 'The link is good, its token is not the newest. Nothing has failed, unless it happens again and again.',
          always: [
            { guard: 'mayReopenAtOnce', target: 'starting', actions: 'countHurry' },
            { target: 'waiting.backoff', actions: 'planRetry' },
          ],
        },

        postponing: {
          id: 'postponing',
          description: 'The attempt has failed in a way that time may heal.',
          always: [
            {
              guard: 'isOffline',
              target: 'waiting.offline',
              actions: 'rememberOffline',
              description: 'Offline costs nothing: not counted.',
            },
            { target: 'waiting.backoff', actions: 'planRetry' },
          ],
        },

        waiting: {
          description: 'Between two attempts.',
          on: {
            'timeLimit.passed': {
              target: 'prompting',
              actions: { type: 'rememberLimit', params: { limit: 'timeLimit' } },
            },
          },
          initial: 'backoff',
          states: {
            backoff: {
              description: "Waits until retryAt: drawn once, jittered, never earlier than the server's hint.",
              always: { guard: 'isOffline', target: 'offline', actions: 'rememberOffline' },
              after: { untilRetry: '#starting' },
              on: {
                'app.foregrounded': {
                  guard: 'mayHurry',
                  target: 'backoff',
                  reenter: true,
                  actions: 'planSoon',
                  description: 'The person is back: try soon.',
                },
                'app.woke': {
                  guard: 'mayHurry',
                  target: 'backoff',
                  reenter: true,
                  actions: 'planSoon',
                  description: 'The timer slept too: try soon.',
                },
              },
            },
            offline: {
              id: 'offline',
              description: 'The platform says that there is no network: no timer, no attempt, no count.',
              on: {
                'network.online': { target: 'backoff', actions: 'planSoon', description: 'Try now, give or take a small jitter.' },
              },
            },
          },
        },

        prompting: {
          id: 'prompting',
          description: 'The waiting person is asked: try again, or not? Nothing is tried meanwhile.',
          entry: emit(({ context }) => ({ type: 'prompt', failure: failureOf(context, 'timeout') })),
          on: {
            'user.retry': { target: 'starting', actions: 'startAgain' },
            'user.connect': { target: 'starting', actions: 'startAgain', description: 'As good as a retry.' },
            'user.cancel': { target: 'idle', description: "Not now. The database stays open: yesterday's messages can still be read." },
          },
        },

        kicked: {
          id: 'kicked',
          description: 'The user is in from another device. Only the user connects again: two devices must not fight.',
          entry: emit(({ context }) => ({ type: 'kicked', failure: failureOf(context, 'kicked') })),
          on: { 'user.connect': { target: 'starting', actions: 'startClean' } },
        },

        failed: {
          id: 'failed',
          description: 'Trying again by itself would not help: blocked, misconfigured, login over, wrong user, or too many renewals.',
          entry: emit(({ context }) => ({ type: 'failed', failure: failureOf(context, 'unknown') })),
          on: { 'user.connect': { target: 'starting', actions: 'startClean' } },
        },

        closing: {
          id: 'closing',
          description: 'The user has left; the link is being closed.',
          entry: 'endLogin',
          invoke: { id: 'settleLink', src: 'settleLink', onDone: 'idle', onError: 'idle' },
          after: { closeTimeLimit: { target: 'idle', description: 'A link that does not close is left to itself.' } },
          on: {
            'user.connect': {
              target: 'starting',
              actions: 'startClean',
              description: 'The user is back already. The new link waits for the old one to close.',
            },
            'user.disconnect': [
              {
                guard: 'isLogout',
                actions: ['forgetToken', 'forgetStoredToken'],
                description: 'Leaving becomes signing out.',
              },
              { description: 'Ignored: it is closing already.' },
            ],
          },
          exit: emit({ type: 'disconnected' }),
        },
      },
    },

    renewal: {
      description: "Keeps a live link's token fresh, beside the session, so that nobody notices.",
      initial: 'resting',
      states: {
        resting: {
          description: 'Nothing to renew: no live link, or a token that lasts.',
          always: [
            { guard: and(['isConnected', 'hasNewerToken']), target: 'routing' },
            { guard: and(['isConnected', 'willExpire']), target: 'scheduled', actions: 'planRenewal' },
          ],
        },
        scheduled: {
          description: "The live link's token has a known end; it is renewed before.",
          always: [
            { guard: 'isNotConnected', target: 'resting' },
            { guard: 'hasNewerToken', target: 'routing' },
          ],
          after: {
            untilRenewal: [
              { guard: 'isRenewalDue', target: 'fetching' },
              { target: 'scheduled', reenter: true, description: 'The moment is farther away than a timer can reach.' },
            ],
          },
          on: { 'app.woke': { guard: 'isRenewalDue', target: 'fetching', description: 'The timer slept too.' } },
        },
        fetching: {
          description: "Asks for the next token while the link stays up. A failure is nobody's business but the forbidden one.",
          always: [
            { guard: 'isNotConnected', target: 'resting' },
            { guard: 'hasNewerToken', target: 'routing', description: 'The app pushed one.' },
          ],
          invoke: {
            id: 'renewToken',
            src: 'fetchToken',
            input: ({ context }) => ({ reason: 'expiring', attempt: context.renewalFailures }),
            onDone: [
              {
                guard: { type: 'wasRefusedBefore', params: ({ event }) => ({ token: event.output }) },
                target: 'scheduled',
                actions: { type: 'planRenewalAgain', params: { failure: undefined } },
                description: 'A refused token is never sent again.',
              },
              {
                guard: { type: 'isSameToken', params: ({ event }) => ({ token: event.output }) },
                target: 'resting',
                actions: [{ type: 'keepToken', params: ({ event }) => ({ token: event.output }) }, 'storeToken'],
                description: 'The token that we have, perhaps with a new end.',
              },
              {
                target: 'resting',
                actions: [
                  { type: 'keepToken', params: ({ event }) => ({ token: event.output }) },
                  'storeToken',
                  emit({ type: 'tokenRenewed', reason: 'expiring' }),
                ],
              },
            ],
            onError: [
              {
                guard: { type: 'isForbidden', params: ({ event }) => ({ failure: toFailure(event.error) }) },
                target: 'resting',
                actions: raise(({ event }) => ({ type: 'login.ended', failure: toFailure(event.error) })),
              },
              {
                target: 'scheduled',
                actions: { type: 'planRenewalAgain', params: ({ event }) => ({ failure: toFailure(event.error) }) },
                description: 'The link is up; try again later.',
              },
            ],
          },
          after: {
            tokenTimeLimit: { target: 'scheduled', actions: { type: 'planRenewalAgain', params: { failure: undefined } } },
          },
        },
        routing: {
          description: 'A new token for a live link: in band where the link can, by a new link where it cannot.',
          always: [{ guard: 'canRenew', target: 'delivering' }, { target: 'replacing' }],
        },
        delivering: {
          description: 'The live link hands the new token to the server.',
          always: { guard: 'isNotConnected', target: 'resting' },
          entry: [
            'handToken',
            sendTo('link', ({ context }) => ({ type: 'link.renew', token: context.token as NonNullable<typeof context.token> })),
          ],
          on: { 'link.renewed': 'resting' },
          after: {
            attemptTimeLimit: { target: 'replacing', description: 'It did not arrive.' },
          },
        },
        replacing: {
          description: 'The session opens a new link with the new token.',
          entry: raise({ type: 'link.outdated' }),
          always: { guard: 'isNotConnected', target: 'resting' },
        },
      },
    },

    database: {
      description: "The local message database. Once open it lets the user in to yesterday's messages, before the network is up.",
      initial: 'closed',
      on: {
        'user.disconnect': { target: '.closed', description: 'The login ends.' },
        'link.succeeded': [
          {
            guard: { type: 'isWrongUser', params: ({ event }) => event },
            target: '.closed',
            description: "Nobody sees the wrong user's messages.",
          },
          { guard: 'isConnected', description: "Ignored, as in the session: a link is one user's." },
          {
            guard: { type: 'isAnotherUserWithDatabase', params: ({ event }) => event },
            target: '.opened',
            description: 'Another user, whose own database this link has opened already.',
          },
          {
            guard: { type: 'isAnotherUser', params: ({ event }) => event },
            target: '.closed',
            description: "Another user: the old one's database is not theirs.",
          },
        ],
      },
      states: {
        closed: {
          id: 'databaseClosed',
          description: 'Not opened yet in this login.',
          on: {
            'database.opened': {
              target: 'opened',
              actions: { type: 'noteDatabase', params: ({ event }) => ({ ok: true, code: event.code }) },
            },
            'database.failed': {
              target: 'failed',
              actions: { type: 'noteDatabase', params: ({ event }) => ({ ok: false, code: event.code }) },
            },
          },
        },
        opened: {
          description: "Yesterday's messages can be shown. Outlives reconnects.",
          entry: emit(({ context: { databaseReport } }) => ({
            type: 'databaseOpened',
            ...(databaseReport?.code !== undefined && { code: databaseReport.code }),
          })),
          on: {
            'database.opened': {
              actions: { type: 'noteDatabase', params: ({ event }) => ({ ok: true, code: event.code }) },
              description: 'It is open already: announced once a login.',
            },
            'database.failed': {
              target: 'failed',
              actions: { type: 'noteDatabase', params: ({ event }) => ({ ok: false, code: event.code }) },
            },
          },
        },
        failed: {
          description: 'It could not be opened. The connection goes on without it.',
          on: {
            'database.opened': {
              target: 'opened',
              actions: { type: 'noteDatabase', params: ({ event }) => ({ ok: true, code: event.code }) },
            },
            'database.failed': { description: 'Ignored: known already.' },
          },
        },
      },
    },

    network: {
      description: 'What the platform says. Unknown counts as online, because platforms are wrong about it.',
      initial: 'online',
      states: {
        online: {
          description: 'There is a network, or nobody knows.',
          on: { 'network.offline': 'offline' },
        },
        offline: {
          id: 'networkOffline',
          description: 'There is none: nothing is tried.',
          always: { guard: 'isIdle', target: 'online', description: 'Nobody listens to the platform any more.' },
          on: { 'network.online': 'online' },
        },
      },
    },

    person: {
      description: 'Is somebody watching the spinner? The promise to them runs here, over tokens, attempts, waits and offline time.',
      initial: 'away',
      states: {
        away: {
          description: 'Nobody waits, so nobody is asked.',
          on: {
            'user.connect': [
              { guard: 'isConnected', description: 'Ignored: there is nothing to wait for.' },
              { guard: { type: 'asksToWait', params: ({ event }) => event }, target: 'waiting' },
            ],
            'user.retry': { guard: 'isPrompting', target: 'waiting' },
          },
        },
        waiting: {
          id: 'personWaiting',
          description: 'Somebody looks at a spinner and will be asked when it takes too long.',
          entry: 'promiseToPrompt',
          exit: 'forgetPromise',
          always: { guard: 'isSettled', target: 'away', description: 'They have their answer.' },
          after: { timeLimit: { target: 'away', actions: raise({ type: 'timeLimit.passed' }) } },
        },
      },
    },
  },
});
