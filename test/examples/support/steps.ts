type Chapters = readonly (readonly [title: string, steps: readonly string[]])[];

/** What the story promises, chapter by chapter, in order. */
export const chapters: Chapters = [
  [
    'connect → dbOpened → success',
    [
      'the App Server signed a token for her login',
      'the IM server holds that token and keeps silent',
      'dbOpened: the local database is open before the network is',
      "yesterday's messages are on the screen",
      'the IM server wakes up and accepts the token',
      'success: alice is connected',
      'the IM server has it',
      'the acknowledgement came back over the same link',
    ],
  ],
  [
    'Secret refreshed → TOKEN_INCORRECT → new token → reconnected',
    [
      'the Secret is a new one',
      'the brain lost the link and plans the next try',
      'TOKEN_INCORRECT: the IM server refuses the old token',
      'the brain drops the token and asks for a new one',
      'the App Server signed a new token, and was told why',
      'the IM server accepts the new token',
      'connected again, without a person having done anything',
      'the old token was sent once and never again',
      'the database stayed open all the while',
    ],
  ],
  [
    'timeout → prompt → the user retries → success',
    [
      'the link is closed',
      'the IM server keeps silent',
      'timeLimit passed: the app asks the user',
      'the brain has let go of the silent link',
      'success',
    ],
  ],
  [
    'a second device of the same user → kicked',
    [
      'the IM server ends the first link',
      'the phone is connected',
      'the first device is told: kicked',
      'the phone has gone',
      'the first device does not fight back: no attempt, however long we watch',
      'it is still kicked',
      'only now it connects',
    ],
  ],
  [
    'a blocked user → failed',
    [
      "the IM server ends the blocked user's link",
      'the brain gives up for good',
      'it does not try again',
      'it is still failed',
      'connected',
    ],
  ],
  [
    'a generic error with its code',
    [
      'the link is closed',
      'the IM server answers with the code',
      'the brain keeps the code, counts, and plans the next try',
      'the next try succeeds by itself',
    ],
  ],
  [
    'sign out → nothing is left',
    ['the brain is idle', 'the IM server saw the socket close', 'no socket is left, and the database is closed'],
  ],
];

/** What is different when RongCloud's SDK tells it: each step with its other words, or without any. */
const toldByRongCloud = new Map<string, string | undefined>([
  // The acknowledgement alone says that the server has it.
  ['the IM server has it', undefined],
  ['the brain lost the link and plans the next try', 'the brain lost the link; the SDK tries again by itself'],
]);

export const rongCloudChapters: Chapters = chapters.map(([title, steps]) => [
  title,
  steps.flatMap((step) => (toldByRongCloud.has(step) ? (toldByRongCloud.get(step) ?? []) : step)),
]);
