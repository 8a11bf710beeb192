/**
 * What each close code means to the brain: its kind of failure, and its name. A code that is not here is `unknown`.
 * Why each one is judged so, and who defines it, stands in closeCodeReasons.ts, which no app has to download.
 */
export const closeCodes = {
  network: {
    1001: 'going away',
    1005: 'no status received',
    1006: 'abnormal closure',
    1011: 'internal error',
    1014: 'bad gateway',
    1015: 'TLS handshake',
  },
  server: {
    1012: 'service restart',
    1013: 'try again later',
    4429: 'too many requests',
    4500: 'internal error',
    4503: 'service unavailable',
  },
  tokenIncorrect: {
    3000: 'unauthorized',
    4401: 'unauthorized',
  },
  blocked: {
    3003: 'forbidden',
    4403: 'forbidden',
  },
  kicked: {
    4409: 'conflict',
  },
  timeout: {
    3008: 'timeout',
    4408: 'timeout',
  },
  configuration: {
    1010: 'mandatory extension',
    4400: 'bad request',
    4404: 'not found',
    4410: 'gone',
  },
  unknown: {
    1000: 'normal closure',
    1002: 'protocol error',
    1003: 'unsupported data',
    1004: 'reserved',
    1007: 'invalid payload',
    1008: 'policy violation',
    1009: 'message too big',
  },
} as const;

type CodesOf<Group> = Group extends unknown ? keyof Group : never;

export type CloseCode = CodesOf<(typeof closeCodes)[keyof typeof closeCodes]>;
